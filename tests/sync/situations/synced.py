"""An archive, the Jira that it is kept in, and runs of `sync` over them: in this process, by real HTTP, without waiting."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from generator.cli.main import main
from generator.markup.plain import words_of
from jira_sandbox import Exchange, Sandbox
from jira_sandbox.world import PARTS
from tests.sync.archives import Archive, Run

HEAD = "INC-2026-0042"
SUMMARY = f"#{HEAD} (SEV1) Checkout errors after a migration"
COLUMNS = ("#", "Action", "Owner", "Due date", "Status", "Ticket")


@dataclass(frozen=True)
class SyncedArchive:
    """A team's archive and its Jira; `naps` are the seconds that runs would have waited."""

    jira: Sandbox
    archive: Archive
    monkeypatch: pytest.MonkeyPatch
    read: Callable[[], Any]
    naps: list[float] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def cloud(self) -> bool:
        """Whether it is a Jira Cloud."""
        return self.jira.dialect == "cloud"

    def write(self, *arguments: Any, **more: Any) -> Path:
        """Write a postmortem."""
        return self.archive.write(*arguments, **more)

    def plan(self, *arguments: str) -> Run:
        """What a run would do."""
        return self._run(*arguments)

    def sync(self, *arguments: str) -> Run:
        """Do it."""
        return self._run("--apply", *arguments)

    def calm(self, *arguments: str) -> Run:
        """Do it, and see that nothing was left to do or to say."""
        run = self.sync(*arguments)
        assert (run.code, run.codes()) == (0, set()), run
        return run

    def settled(self, *arguments: Any, **more: Any) -> Path:
        """A postmortem that is in step with Jira."""
        path = self.write(*arguments, **more)
        self.calm()
        assert self.plan().rows == []
        self.jira.forget_requests()
        return path

    def _run(self, *arguments: str) -> Run:
        self.read()
        with pytest.raises(SystemExit) as ended:
            main(["-C", str(self.archive.root), "sync", "--format", "json", *arguments])
        out, err = self.read()
        assert "this is a bug" not in err, err
        self.said.extend([out, err])
        assert self.jira.token not in out + err
        return Run(int(ended.value.code or 0), json.loads(out) if out.strip() else [], err)

    def set(self, **environment: str) -> None:
        """Set variables of the environment; an empty one is taken out."""
        for name, value in environment.items():
            if value:
                self.monkeypatch.setenv(name, value)
            else:
                self.monkeypatch.delenv(name, raising=False)

    def without_fields(self) -> None:
        """Let all parts go into the description."""
        self.set(**{f"JIRA_FIELD_{part.upper()}": "" for part in PARTS})

    def people(self, text: str) -> None:
        """Write people.yml."""
        (self.archive.root / "site_config" / "people.yml").write_text(text, encoding="utf-8")

    def head(self, postmortem: str = HEAD) -> dict[str, Any]:
        """The one issue of a postmortem as it is stored."""
        return self._marked(f"postmortem-{postmortem}")

    def item(self, number: int = 1, postmortem: str = HEAD) -> dict[str, Any]:
        """The one ticket of an action item as it is stored."""
        return self._marked(f"postmortem-{postmortem}-{number}")

    def _marked(self, mark: str) -> dict[str, Any]:
        (found,) = [one for one in self.jira.issues() if mark in one["fields"].get("labels", [])]
        return found

    def created(self) -> list[Exchange]:
        """The requests that were to create an issue."""
        return [one for one in self.jira.requests if (one.method, one.path) == ("POST", f"{self.jira.site.api}/issue")]

    def writes_to_issues(self) -> list[tuple[str, str]]:
        """What was written but for claims, which are properties of our own account."""
        api = self.jira.site.api
        return [
            (one.method, one.path.removeprefix(api)) for one in self.jira.writes if "/user/properties" not in one.path
        ]

    def words(self, issue: dict[str, Any], name: str = "description") -> str:
        """The words of a rich text of a stored issue."""
        return words_of(issue["fields"].get(name))

    def state(self, issue: dict[str, Any]) -> str:
        """The name of an issue's status, now."""
        stored = self.jira.issue(issue["key"])
        return str(self.jira.named("status", stored["status"])["name"])

    def everything(self) -> str:
        """All that the Jira holds and was ever told, as one text."""
        store = self.jira.site.store
        kinds = ("issue", "link", "remote_link", "comment", "user")
        held = json.dumps([store.all(kind) for kind in kinds], ensure_ascii=False)
        return held + "".join(one.raw.decode("utf-8", "replace") for one in self.jira.requests)


def row(number: int, **cells: str) -> str:
    """A line of the action items' table."""
    known = {"action": f"Do the thing number {number}", "owner": "ben.carter", "due": "2026-04-01", "status": "open"}
    held = known | {"ticket": ""} | cells
    return f"| {number} | {' | '.join(held[name] for name in ('action', 'owner', 'due', 'status', 'ticket'))} |\n"


def cell(path: Path, number: int, column: str) -> str:
    """A cell of the action items' table."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if re.match(rf"\|\s*{number}\s*\|", line):
            return line.split("|")[COLUMNS.index(column) + 1].strip()
    raise KeyError(number)


def put(path: Path, old: str, new: str) -> None:
    """Change a text in a file, where it stands once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (old, text.count(old))
    path.write_text(text.replace(old, new), encoding="utf-8")
