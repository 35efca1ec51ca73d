"""The one declaration of a document's front matter.

It feeds the parser, the checks, the JSON Schema that editors use, and the table in the docs.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from generator.document.model import Audience, Status


class Kind(StrEnum):
    """The shape of a value."""

    TEXT = "text"
    ID = "id"
    MOMENT = "moment"
    DAY = "day"
    CHOICE = "choice"
    NAMES = "names"
    LINKS = "links"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Field:
    """One key of the front matter; `doc` is a sentence for people."""

    name: str
    kind: Kind
    doc: str
    example: str
    required: bool = False
    choices: tuple[str, ...] = ()
    default: str = ""


FIELDS = (
    Field(
        "id",
        Kind.ID,
        "The permanent name and address of the postmortem; it never changes.",
        "INC-2026-0042",
        required=True,
    ),
    Field(
        "title",
        Kind.TEXT,
        "What happened, in words a product manager understands.",
        "Checkout errors after the payments migration",
        required=True,
    ),
    Field("status", Kind.CHOICE, "Where the document is on its way.", "draft", required=True, choices=tuple(Status)),
    Field("severity", Kind.TEXT, "One of the archive's severities; SEV1 is the most severe.", "SEV1", required=True),
    Field(
        "type",
        Kind.TEXT,
        "Which template and policy apply: `outage`, `security`, `near-miss`, `lightweight` or your own.",
        "outage",
        default="outage",
    ),
    Field("started", Kind.MOMENT, "When users began to be affected.", "2026-03-15T14:32:00Z"),
    Field("detected", Kind.MOMENT, "When the team knew.", "2026-03-15T14:35:00Z"),
    Field("mitigated", Kind.MOMENT, "When users stopped being affected.", "2026-03-15T15:15:00Z"),
    Field("resolved", Kind.MOMENT, "When the incident was closed.", "2026-03-15T16:46:00Z"),
    Field("services", Kind.NAMES, "The services that were affected.", "[payment-service, checkout-api]"),
    Field("commander", Kind.TEXT, "Who led the response: a handle of `people.yml`.", "jane.smith"),
    Field("authors", Kind.NAMES, "Who wrote the document: handles of `people.yml`.", "[jane.smith]"),
    Field(
        "audience",
        Kind.CHOICE,
        "Who may read it; without it, the archive's `audience` holds.",
        "internal",
        choices=tuple(Audience),
    ),
    Field("incident", Kind.TEXT, "The incident's own record in the tool it came from.", "OPS-1234"),
    Field("category", Kind.TEXT, "The kind of cause, for comparing incidents.", "configuration"),
    Field("tags", Kind.NAMES, "Words to find it by.", "[database, migration]"),
    Field("reviewed", Kind.DAY, "The day of the review.", "2026-03-19"),
    Field("published", Kind.DAY, "The day it was published.", "2026-03-20"),
    Field(
        "links",
        Kind.LINKS,
        "Releases, alerts and records elsewhere.",
        "[{type: release, targetId: payment-service@v2.3.1, relationship: caused_by}]",
    ),
    Field("jira", Kind.TEXT, "The postmortem's issue; written by `sync`.", "INCIDENT-456"),
    Field("sample", Kind.FLAG, "Whether it is an example: never sent anywhere, and in no figure.", "true"),
)
BY_NAME = {field.name: field for field in FIELDS}
ORDER = tuple(field.name for field in FIELDS)
LINK_KEYS = ("type", "targetId", "relationship", "title")
ID = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*")
