"""The rules that reading a document checks already: front matter, YAML, the file itself."""

from generator.check.rule import ALWAYS_ERROR, Rule

_HEAD = "---\nid: INC-2026-0042\ntitle: Checkout errors\n"


def _rule(id: str, title: str, why: str, before: str, after: str, *, fixable: bool = False) -> Rule:  # noqa: A002 - the field's name
    silenceable = id not in {"unreadable", "front-matter", "yaml-syntax"}
    return Rule(id, title, why, before, after, **ALWAYS_ERROR, fixable=fixable, silenceable=silenceable)


RULES = (
    _rule(
        "unreadable",
        "The file can be read",
        "A postmortem is a text file in UTF-8 inside the archive, of at most 5 MB. What cannot be read is on no page, in no list and in no search.",
        "A file saved as Latin-1, a link that leads out of the archive, a log of 50 MB with the ending `.md`.",
        "The text saved as UTF-8; the log as an attachment in the folder beside the document.",
    ),
    _rule(
        "front-matter",
        "The file begins with front matter",
        "Lists, charts and the tracker are made from the few facts between the two lines of dashes. Without them nobody finds the document.",
        "# Checkout errors\n\nOn Tuesday ...",
        f"{_HEAD}status: draft\nseverity: SEV1\n---\n\n## Summary",
    ),
    _rule(
        "yaml-syntax",
        "The front matter is valid YAML",
        "If the front matter cannot be read, none of its facts is known.",
        "title: Checkout: errors after the migration",
        'title: "Checkout: errors after the migration"',
    ),
    _rule(
        "yaml-duplicate-key",
        "No key stands twice",
        "Of two equal keys, YAML readers keep one without a word, and not all of them the same one.",
        "severity: SEV1\ntitle: Checkout errors\nseverity: SEV2",
        "severity: SEV1\ntitle: Checkout errors",
    ),
    _rule(
        "yaml-trap",
        "No value that YAML readers take for something else",
        "Many readers take `NO` for false, `14:32` for 872 and `1e3` for a number. What a value means must not depend on the reader.",
        "tags: [NO, payments]",
        'tags: ["NO", payments]',
    ),
    _rule(
        "yaml-alias",
        "No anchors and aliases",
        "A few lines of nested aliases can grow to gigabytes, so they are not followed.",
        "commander: &who jane.smith\nauthors: [*who]",
        "commander: jane.smith\nauthors: [jane.smith]",
    ),
    _rule(
        "schema-required",
        "The required keys are there",
        "Without id, title, status and severity a document cannot be linked to, listed or sorted.",
        "---\nid: INC-2026-0042\ntitle: Checkout errors\n---",
        f"{_HEAD}status: draft\nseverity: SEV1\n---",
    ),
    _rule(
        "schema-unknown-key",
        "Every key is known",
        "A mistyped key is a fact that silently goes missing. Keys of your own begin with `x-`.",
        "severty: SEV1",
        "severity: SEV1",
    ),
    _rule(
        "schema-type",
        "Every value has the shape of its key",
        "A list where one value is expected, or the reverse, means that something else was meant.",
        "commander: [jane.smith, ravi.patel]",
        "commander: jane.smith",
    ),
    _rule(
        "schema-time",
        "Times say their zone",
        "A time without a zone is an hour or more off for half of its readers, and so are all durations that are computed from it.",
        "started: 2026-03-15 14:32",
        "started: 2026-03-15T14:32:00Z",
    ),
    _rule(
        "schema-choice",
        "Status and audience are one of the known words",
        "Who may read a document and where it is on its way must not be guessed.",
        "status: Publishd",
        "status: published",
        fixable=True,
    ),
    _rule(
        "schema-id",
        "The id can be a file name and an address",
        "The id is the page's permanent address, so it holds only letters, digits and single hyphens.",
        "id: INC 2026/42",
        "id: INC-2026-0042",
    ),
)
