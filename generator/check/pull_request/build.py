"""Reading a change of the archive as a reviewer: nothing is asked of anybody."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from generator.check.pull_request.model import ChangedPostmortem, Review
from generator.check.pull_request.similar import similar
from generator.check.pull_request.suggesting import suggestions
from generator.check.pull_request.todo import items
from generator.check.rule import Context
from generator.check.rules.changes import changed_lines
from generator.check.run import Job, cores, run
from generator.clients import git
from generator.document import archive
from generator.document.parse import Document, parse
from generator.document.secrets import Masker
from generator.markup.github_text import line
from generator.settings.model import Settings


def review_of(root: Path, settings: Settings, revision: str, now: datetime) -> Review:
    """What there is to say of the postmortems that changed since `revision`, with paths from the repository's root."""
    base = git.base(root, revision)
    documents = archive.load(root)
    changed = [d for d in documents if d.path in base.changed or d.path not in base.present]
    if not changed:
        return Review()
    job = Job(root, settings, now.date())
    findings = run(job, [root / d.path for d in changed], base, cores()).findings
    context = Context(settings, now.date())
    contexts = _contexts(root, changed, base, context)
    return _placed(
        Review(
            tuple(_subject(d) for d in changed),
            tuple(items(changed, findings, context)),
            tuple(one for d in changed if d.text for one in suggestions(d, findings, contexts[d.path])),
            tuple(similar(documents, {d.path for d in changed}, settings)),
        ),
        git.place(root),
    )


def _contexts(root: Path, changed: list[Document], base: git.BaseRevision, context: Context) -> Mapping[str, Context]:
    """For each document what it was like, and which of its lines were touched."""
    texts = git.contents(root, [base.changed[d.path].blob for d in changed if d.path in base.changed])
    found = {}
    for document in changed:
        old = base.changed.get(document.path)
        raw = texts.get(old.blob) if old else None
        if old is None or raw is None:
            found[document.path] = context
            continue
        was = parse(raw.decode("utf-8", "replace"), old.path)
        found[document.path] = replace(context, base=was, changed=changed_lines(was.text, document.text))
    return found


def _subject(document: Document) -> ChangedPostmortem:
    known = document.postmortem
    return ChangedPostmortem(
        document.path, line(known.id, 100), line(Masker(document.text)(known.title), 300), str(known.status or "draft")
    )


def _placed(review: Review, prefix: str) -> Review:
    """The review with every path as seen from the repository's root."""
    if not prefix:
        return review
    return replace(
        review,
        subjects=tuple(replace(one, path=prefix + one.path) for one in review.subjects),
        items=tuple(replace(one, path=prefix + one.path) for one in review.items),
        suggestions=tuple(replace(one, path=prefix + one.path) for one in review.suggestions),
        similar=tuple(replace(one, path=prefix + one.path, of=prefix + one.of) for one in review.similar),
    )
