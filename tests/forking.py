"""A `postmortem` that begins at once: forked off a process that has imported everything, and easily killed.

Starting Python and importing takes longer than most commands do. Tests that want a process of its own, with its own
environment, folder and streams, start the program `postmortem()`; tests of workflows have it on their PATH. A run is in a
process group of its own, together with the git that it starts. Tests of the start itself begin as users do.
"""

import functools
import json
import os
import select
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from tests import preload
from tests.folders import REPOSITORY

CLIENT = """\
#!{python} -IS
import json, os, socket, sys
asks = socket.socket(socket.AF_UNIX)
asks.connect({address!r})
order = {{"words": sys.argv[1:], "env": dict(os.environ), "folder": os.getcwd()}}
socket.send_fds(asks, [b"!"], [0, 1, 2])
asks.sendall(json.dumps(order).encode())
asks.shutdown(socket.SHUT_WR)
sys.exit(int(asks.recv(16)))
"""
KILLED = 137  # what a shell says of a process that was killed


class Forks:
    """The process that others are forked off; a context manager. `bin` is for the PATH."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="loop-")
        self.bin = Path(self._folder.name)
        self._address = self.bin / "socket"
        self.pid = self.bin / "pid"
        client = self.bin / "postmortem"
        client.write_text(CLIENT.format(python=sys.executable, address=str(self._address)), encoding="utf-8")
        client.chmod(0o755)
        words = [sys.executable, "-m", "tests.forking", str(self._address), str(self.pid)]
        self._process = subprocess.Popen(words, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._process.stdout
        assert self._process.stdout.readline() == b"ready\n"

    def __enter__(self) -> "Forks":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the process; what it has forked off is over by then, or was killed."""
        self._process.communicate()  # it ends with its standard input
        self._folder.cleanup()


_FIRST = threading.Lock()


@functools.cache
def _shared() -> Forks:
    return Forks()


def postmortem() -> str:
    """The program that begins at once; one process of the tests has one to fork them off."""
    with _FIRST:  # two threads that ask first would make two, and nobody would end the other
        return str(_shared().bin / "postmortem")


def pytest_unconfigure() -> None:
    if _shared.cache_info().currsize:
        _shared().close()


def serve(address: str, pid: Path) -> None:
    """Take orders, each in a process of its own, until standard input ends with whoever has started this."""
    preload.everything()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while sys.stdin not in select.select([listening, sys.stdin], [], [])[0]:
            client, _ = listening.accept()
            with client:
                if os.fork() == 0:
                    listening.close()
                    _answer(client, pid)
            with suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass


def _answer(client: socket.socket, pid: Path) -> None:
    """Be the one who waits for a run, and end with it."""
    _, files, _, _ = socket.recv_fds(client, 1, 3)
    order = json.loads(b"".join(iter(lambda: client.recv(65536), b"")))
    child = os.fork()
    if child == 0:
        client.close()
        _run(order, files, pid)
    for one in files:
        os.close(one)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with suppress(OSError):  # whoever asked is gone
        client.sendall(str(code if code >= 0 else KILLED).encode())
    os._exit(0)


def _run(order: dict, files: list[int], pid: Path) -> None:
    """Be the run, and end with it."""
    code = 99
    try:
        os.setsid()
        pid.write_text(str(os.getpid()), encoding="utf-8")
        os.environ.clear()
        os.environ.update(order["env"])
        os.chdir(order["folder"])
        for number, one in enumerate(files):
            os.dup2(one, number)
        from generator.cli.main import main

        main(order["words"])
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
    serve(sys.argv[1], Path(sys.argv[2]))
