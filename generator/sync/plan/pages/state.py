"""What was last pushed to a page: kept on the page itself, as its content property `postmortem`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

VERSION = 1
_MESSAGE = "Pushed from the postmortem archive ({})"
_PUSHED = re.compile(re.escape(_MESSAGE).replace(r"\{\}", "([0-9a-f]{24})"))


@dataclass(frozen=True, slots=True)
class PageState:
    """A page when it was last in step.

    `page` is its own id, so that a copy, which has the property too, is not taken for it; `version` the number of the
    version that we wrote; `digest` the fingerprint of what it shows; `group` the title of the page that it was put below;
    `files` the fingerprints of its attachments by their names; `closed` is whether its content was taken back.
    """

    id: str
    page: str
    version: int
    digest: str
    group: str = ""
    labels: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    closed: bool = False


def to_property(state: PageState) -> dict[str, Any]:
    """The state as the JSON that is stored; it holds no text of the document."""
    return {
        "v": VERSION,
        "id": state.id,
        "page": state.page,
        "version": state.version,
        "digest": state.digest,
        "group": state.group,
        "labels": list(state.labels),
        "files": dict(sorted(state.files.items())),
        "closed": state.closed,
    }


def from_property(value: object, page: str) -> PageState | None:
    """The state that the property of a page holds, or None where it is not its own; nothing in it is trusted."""
    if not isinstance(value, dict) or value.get("page") != page:
        return None
    id_, version, digest = value.get("id"), value.get("version"), value.get("digest")
    if not isinstance(id_, str) or not id_ or type(version) is not int or not isinstance(digest, str):
        return None
    labels, files, group = value.get("labels"), value.get("files"), value.get("group")
    return PageState(
        id_,
        page,
        version,
        digest,
        group if isinstance(group, str) else "",
        tuple(one for one in labels if isinstance(one, str)) if isinstance(labels, list) else (),
        {str(k): v for k, v in files.items() if isinstance(v, str)} if isinstance(files, dict) else {},
        value.get("closed") is True,
    )


def message(digest: str) -> str:
    """What is noted with a version that we write: it is stored in the same moment, so that no crash parts them."""
    return _MESSAGE.format(digest)


def pushed(noted: str) -> str:
    """The fingerprint in such a note, or empty where a person wrote the version."""
    found = _PUSHED.fullmatch(noted)
    return found[1] if found else ""
