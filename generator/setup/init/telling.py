"""What `init` says of each file, and of all of them."""

from collections.abc import Sequence
from pathlib import Path

from generator.setup.init.deciding import Decision, FileState

_KEPT = {
    FileState.EDITED: "edited here",
    FileState.NEWER: "written by a newer version of this program",
    FileState.OTHER: "not written by postmortem init",
}


def lines(decision: Decision, *, plan: bool) -> list[str]:
    """What is or will be done with one file, with the differences where it is left alone; none where it is up to date.

    `plan` is whether nothing is written; then differences are shown of what would be replaced, too.
    """
    path, would = decision.path, "would be " * plan
    if decision.state is FileState.NEW:
        return [f"{would}written: {path}"]
    if decision.write:
        was = f" (of {decision.since})" if decision.since else ""
        verb = "renewed" if decision.state is FileState.OUTDATED else "replaced"
        shown = decision.diff if plan or decision.state is not FileState.OUTDATED else ()
        return [*shown, f"{would}{verb}: {path}{was}"]
    if decision.state is FileState.GONE:
        return [f"left out: {path} (deleted, or not wanted)"]
    if decision.state is FileState.CURRENT:
        return []
    return [
        *decision.diff,
        f"left alone: {path} ({_KEPT[decision.state]}){f' {decision.note}' if decision.note else ''}",
    ]


def summary(decisions: Sequence[Decision], *, plan: bool) -> str:
    """All files in a sentence or two."""
    written = sum(one.write for one in decisions)
    current = sum(one.state is FileState.CURRENT for one in decisions)
    left = [one for one in decisions if not one.write and one.state in _KEPT]
    gone = sum(not one.write and one.state is FileState.GONE for one in decisions)
    if not written and not left:
        rest = f" {gone} left out; --force FILE writes one of them." if gone else ""
        return f"Everything is up to date: {_files(current)}.{rest}"
    parts = [f"{_files(written)} {'would be ' * plan}written"] if written else []
    parts += [f"{current} up to date"] if current else []
    parts += [f"{len(left)} left alone"] if left else []
    parts += [f"{gone} left out"] if gone else []
    hint = " Lines with + are what is shipped: take over what you like, or all of it with --force FILE." if left else ""
    return f"{', '.join(parts)}.{hint}"


def _files(number: int) -> str:
    return f"{number} file{'s' * (number != 1)}"


def monorepo(checkout: Path, directory: str, repository: str, ref: str) -> str:
    """What is to be known of an archive in a subfolder: where its workflows lie, and what the repository's own files need."""
    return (
        f"The archive lies in {directory} of the repository {checkout}: GitHub runs workflows only from the repository's own"
        " .github/workflows/, so they are there, with `directory`. The template for pull requests and CODEOWNERS were left"
        " to the repository; the check before each commit goes into its .pre-commit-config.yaml:\n"
        f"  - repo: https://github.com/{repository}\n    rev: {ref}\n    hooks: [{{id: postmortem-check}}]"
    )
