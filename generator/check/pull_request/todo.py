"""What is left to do: before the review, and before the document is published."""

from collections.abc import Iterable, Iterator, Sequence

from generator.check import engine
from generator.check.pull_request.model import Item, When
from generator.check.rule import Context, Rule
from generator.document.edit import set_value
from generator.document.finding import Finding, Level
from generator.document.model import Status
from generator.document.parse import Document, parse
from generator.errors import EditRefusedError
from generator.markup.github_text import line

_GRAVE = {Level.ERROR, Level.WARNING}
_SERIOUS = list(Level)
_ONLY_LATER = ("policy-review", "policy-published")  # they look at the status themselves
_LONGEST = 1_000


def items(documents: Sequence[Document], findings: Iterable[Finding], context: Context) -> list[Item]:
    """Every finding with the moment by which it is to be answered; `context` is for what only later shows."""
    by_path: dict[str, list[Finding]] = {}
    for finding in findings:
        by_path.setdefault(finding.path, []).append(finding)
    rules = engine.by_id()
    found = []
    for document in documents:
        status = document.postmortem.status
        own = [_item(one, _when(one, rules[one.rule], status)) for one in by_path.get(document.path, ())]
        own += [_item(one, When.PUBLISH) for one in _later(document, context)]
        found += sorted(own, key=lambda item: (list(When).index(item.when), item.line, item.rule))
    return found


def _when(finding: Finding, rule: Rule, status: Status | None) -> When:
    """The moment at which a finding becomes an error; one that its rule itself thought less certain stays so."""
    bound = _SERIOUS.index(finding.severity) if finding.severity is not rule.level(status) else 0
    for at, when in ((Status.IN_REVIEW, When.REVIEW), (Status.PUBLISHED, When.PUBLISH)):
        if status is Status.PUBLISHED and at is Status.IN_REVIEW:
            continue
        if _SERIOUS[max(bound, _SERIOUS.index(rule.level(at)))] in _GRAVE:
            return when
    return When.ADVICE


def _later(document: Document, context: Context) -> Iterator[Finding]:
    """What would be found if the document were published, and cannot be found yet."""
    if document.postmortem.status not in {Status.DRAFT, Status.IN_REVIEW}:
        return
    try:
        text = set_value(document.text, "status", str(Status.PUBLISHED))
    except EditRefusedError:
        return
    yield from engine.run(parse(text, document.path), context, _ONLY_LATER)


def _item(finding: Finding, when: When) -> Item:
    message, hint = line(finding.message, _LONGEST), line(finding.hint, _LONGEST)
    return Item(finding.path, finding.line, finding.rule, when, message, hint)
