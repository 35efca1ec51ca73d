"""The command as its own process, as a person runs it, and what a folder then holds."""

import subprocess

from tests.conftest import environment
from tests.forking import postmortem


def run(*arguments, cwd=None, answers=None):
    return subprocess.run(
        [postmortem(), *map(str, arguments)],
        cwd=cwd,
        env=environment(),
        input=answers if answers is not None else "",
        capture_output=True,
        text=True,
        check=False,
    )


def files(root):
    """Every file below a folder with its bytes."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
