"""The words of this room: a notice, a message that Slack has already, and what becomes of the one and the other."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

Block = Mapping[str, Any]
EVERYBODY = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """One message: `key` says what it is about and never changes, `to` is a person's handle or EVERYBODY's channel.

    `text` is what notifications and screen readers say, `blocks` what is shown. `since` is the first day on which it
    may have been sent. One that is not `fresh` is never sent anew; it only brings an earlier message up to date.
    """

    key: str
    to: str
    text: str
    blocks: tuple[Block, ...]
    since: date
    fresh: bool = True

    @property
    def digest(self) -> str:
        """A short hash of what it says; the same words have the same one."""
        content = json.dumps([self.text, list(self.blocks)], sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(content.encode("ascii")).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Message:
    """A message of ours that is in Slack; `ts` is Slack's name for it."""

    ts: str
    key: str
    digest: str


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Something that could not be sent to anybody; `code` is stable."""

    code: str
    message: str


class Deed(StrEnum):
    """What is to be done with a notice."""

    SEND = "send"
    UPDATE = "update"
    KEEP = "keep"
    LEAVE = "leave"  # nothing is there, and nothing is to be sent


def deed(notice: Notice, found: Message | None) -> Deed:
    """What is to be done with a notice, where Slack has this message of it or none."""
    if found is None:
        return Deed.SEND if notice.fresh else Deed.LEAVE
    return Deed.KEEP if found.digest == notice.digest else Deed.UPDATE
