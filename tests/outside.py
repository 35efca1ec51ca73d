"""What tests are held against and the repository does not carry: others' descriptions of their own interfaces, and documents.

Each of it lies in a folder that an environment variable names. Without the variable its tests are skipped, and the end of
the run says how many; with it, a file that is not there fails them.
"""

import os
from pathlib import Path
from typing import Any

import pytest

VARIABLES = {
    "contract": ("POSTMORTEM_CONTRACTS", "the official descriptions of Jira, Confluence and GitHub, and ADF's schema"),
    "corpus": ("POSTMORTEM_CORPUS", "published postmortems"),
    "atlaskit": ("POSTMORTEM_ATLASKIT", "Atlassian's parser of wiki markup in its node_modules"),
}


def folder(kind: str) -> Path | None:
    """The folder that the variable of this kind names, or None where it is unset. Raises UsageError for no folder."""
    variable, content = VARIABLES[kind]
    stated = os.environ.get(variable, "")
    if stated and not Path(stated).is_dir():
        raise pytest.UsageError(f"{variable} is {stated!r}, which is no folder; it names the folder with {content}.")
    return Path(stated) if stated else None


def contract(name: str) -> Path:
    """One of the official descriptions; called by tests that are marked `contract`."""
    path = (folder("contract") or Path()) / name
    assert path.is_file(), f"{VARIABLES['contract'][0]} names a folder without {name}"
    return path


def pytest_configure(config: pytest.Config) -> None:
    for kind, (variable, content) in VARIABLES.items():
        config.addinivalue_line("markers", f"{kind}: runs where {variable} names the folder with {content}")
        folder(kind)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for kind, (variable, _) in VARIABLES.items():
            if item.get_closest_marker(kind) and folder(kind) is None:
                item.add_marker(pytest.mark.skip(reason=f"{variable} is unset"))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say of each kind how many tests ran, and how many were skipped because its variable is unset."""
    for kind, (variable, _) in VARIABLES.items():
        counts = {"ran": 0, "skipped": 0}
        for outcome, key in (("passed", "ran"), ("failed", "ran"), ("skipped", "skipped")):
            reports = terminalreporter.stats.get(outcome, [])
            counts[key] += sum(kind in getattr(report, "keywords", ()) for report in reports)
        if any(counts.values()):
            unset = "" if os.environ.get(variable) else f", as {variable} is unset"
            terminalreporter.write_line(f"{kind} tests: {counts['ran']} ran, {counts['skipped']} skipped{unset}")
