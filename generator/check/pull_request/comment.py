"""The one comment on a pull request: what is left to do, better words, what is alike, where to look at it."""

from collections.abc import Callable, Collection, Iterator, Sequence

from generator.check.pull_request.model import ChangedPostmortem, Item, Review, Similar, Suggestion, When
from generator.markup.github_text import code, inert

MARKER = "<!-- postmortem:review -->"
LONGEST = 60_000  # characters; GitHub takes 65,536
_CAPS = (40, 15, 5, 0)
_HEADINGS = {
    When.REVIEW: ("Before the review", "Before the review: nothing is left to do."),
    When.PUBLISH: ("Before it is published", "Before it is published: nothing more."),
}
Link = Callable[[str, int], str]


def body(review: Review, link: Link, *, preview: str = "", posted: Collection[Suggestion] = ()) -> str:
    """The comment as Markdown, at most 60,000 characters; `link` makes the address of a file's line (0: the file).

    `posted` are the suggestions that stand at their lines already; the others are shown here, as before and after.
    """
    for cap in _CAPS:
        parts = [MARKER, "### Postmortem review", *_parts(review, link, preview, posted, cap)]
        text = "\n\n".join(parts) + "\n"
        if len(text) <= LONGEST:
            return text
    return f"{MARKER}\n\n### Postmortem review\n\nThere is too much to say for one comment: run `postmortem check`.\n"


def _parts(review: Review, link: Link, preview: str, posted: Collection[Suggestion], cap: int) -> Iterator[str]:
    if not review.subjects:
        yield "This pull request changes no postmortem."
    for subject in review.subjects:
        own = [item for item in review.items if item.path == subject.path]
        yield "\n\n".join(_subject(subject, own, link, cap))
    if review.unread:
        yield f"{review.unread:,} more findings are not shown here; `postmortem check` names them all."
    here = [one for one in review.suggestions if one not in posted]
    count = len(review.suggestions) - len(here)
    if count:
        yield f"**Wording:** {_counted(count, 'suggestion stands', 'suggestions stand')} at the changed lines."
    if here:
        yield "\n\n".join(["**Wording**", *(_wording(one, link) for one in here[: cap or 1])])
        if len(here) > (cap or 1):
            yield f"{len(here) - (cap or 1)} more are not shown here."
    if review.similar:
        yield "**Similar earlier postmortems**\n\n" + "\n".join(_similar(review.similar, link))
    if preview:
        yield f"[Preview of the site]({preview}) (a zip file: unpack it and open `index.html`)"


def _subject(subject: ChangedPostmortem, items: Sequence[Item], link: Link, cap: int) -> Iterator[str]:
    name = f"{subject.id}: {subject.title}" if subject.id else subject.title or subject.path
    yield f"#### [{inert(name, 200)}]({link(subject.path, 0)})"
    for when, (heading, nothing) in _HEADINGS.items():
        if when is When.REVIEW and subject.status == "published":
            continue
        own = [item for item in items if item.when is when]
        if not own:
            yield nothing
            continue
        rows = [_row(item, link) for item in own[:cap]]
        if len(own) > cap:
            rows.append(f"- … and {len(own) - cap} more")
        listed = "\n".join(rows)
        if when is When.REVIEW or subject.status != "draft":
            yield f"**{heading}** ({len(own)})\n\n{listed}"
        else:
            yield f"<details><summary><b>{heading}</b> ({len(own)})</summary>\n\n{listed}\n\n</details>"
    advice = sum(item.when is When.ADVICE for item in items)
    if advice:
        yield f"{_counted(advice, 'piece', 'pieces')} of advice: see the job's summary, or run `postmortem check`."


def _row(item: Item, link: Link) -> str:
    hint = f" {inert(item.hint)}" if item.hint else ""
    return f"- [Line {item.line}]({link(item.path, item.line)}): {inert(item.message)}{hint} ({code(item.rule)})"


def _wording(one: Suggestion, link: Link) -> str:
    return (
        f"[Line {one.line}]({link(one.path, one.line)}): {inert(one.why)}\n\n"
        f"- before: {code(one.before)}\n- after: {code(one.after)}"
    )


def _similar(found: Sequence[Similar], link: Link) -> Iterator[str]:
    seen = set()
    for one in found:
        if one.path not in seen:
            seen.add(one.path)
            facts = ", ".join(inert(fact, 40) for fact in (one.severity, one.day) if fact)
            yield f"- [{inert(f'{one.id}: {one.title}', 200)}]({link(one.path, 0)})" + (f" ({facts})" if facts else "")


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
