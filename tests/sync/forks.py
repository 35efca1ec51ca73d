"""Runs of the command line as processes of their own, which begin at once: forked off one that has imported everything.

Starting Python and importing takes longer than a run does, and the tests of crashes need some hundred runs.
"""

import json
import os
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

from tests import preload
from tests.folders import REPOSITORY as FROM
from tests.sync.archives import Archive, Run


class Running:
    """A run that has begun."""

    def __init__(self, parent: "Forks", pid: int, out: Path) -> None:
        self._parent, self.pid, self._out = parent, pid, out

    def finish(self) -> Run:
        """Wait for its end; a killed one has the negative number of the signal as its code."""
        code = int(self._parent.ask({"wait": self.pid}))
        out, err = self._out.read_text("utf-8"), self._out.with_suffix(".err").read_text("utf-8")
        assert "Traceback" not in err, err
        return Run(code, json.loads(out) if code >= 0 and out.strip() else [], err)


class Forks:
    """The process that others are forked off; a context manager."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._count = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.sync.forks"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=FROM,
        )

    def __enter__(self) -> "Forks":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.communicate()
        self._folder.cleanup()

    def start(self, archive: Archive, *arguments: str, **environment: str) -> Running:
        """Begin a run of `sync`."""
        self._count += 1
        out = Path(self._folder.name) / f"{self._count}.out"
        line = archive.command(*arguments)[1:]  # without the program
        pid = self.ask({"run": line, "out": str(out), "env": {**archive.full_environment(), **environment}})
        return Running(self, int(pid), out)

    def sync(self, archive: Archive, *arguments: str, **environment: str) -> Run:
        """A whole run of `sync`."""
        return self.start(archive, *arguments, **environment).finish()

    def ask(self, order: dict[str, Any]) -> str:
        """Give an order, and return the answer to it."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip()


def serve() -> None:
    """Take orders, one a line, until there are no more."""

    preload.everything()
    for line in sys.stdin:
        order = json.loads(line)
        if "wait" in order:
            _say(os.waitstatus_to_exitcode(os.waitpid(order["wait"], 0)[1]))
            continue
        pid = os.fork()
        if pid == 0:
            _run(order)
        _say(pid)


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def _run(order: dict[str, Any]) -> None:
    """Be the run, and end with it."""
    code = 99
    try:
        os.environ.clear()
        os.environ.update(order["env"])
        out = Path(order["out"])
        for number, path in ((0, Path(os.devnull)), (1, out), (2, out.with_suffix(".err"))):
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            os.dup2(handle, number)
        from generator.cli.main import main

        main(order["run"])
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:  # noqa: BLE001 - told on standard error, where the test finds it
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    serve()
