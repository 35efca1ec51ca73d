"""An archive in a subfolder of its repository: workflows lie where GitHub runs them, and say which folder they mean."""

import re

from generator.document.file_names import slug
from generator.markup.yaml import scalar

_WITH = re.compile(r"^    with:\n", re.MULTILINE)
_USES = re.compile(r"^    uses: [^\n]*\n", re.MULTILINE)
_PATHS = re.compile(r"^(    paths: )\[([^\]\n]*)\]", re.MULTILINE)
_DIRECTORY = re.compile(r"^      directory: (.*)$", re.MULTILINE)


def workflow_path(directory: str, name: str) -> str:
    """Where a workflow such as `check.yml` of the archive in `directory` lies in the repository.

    The folder is a part of the name: a repository may have several archives, and a `check.yml` of its own.
    """
    return f".github/workflows/postmortem-{slug(directory) or 'archive'}-{name}"


def in_directory(workflow: str, directory: str) -> str:
    """A shipped workflow that calls the program's for the archive in `directory`, and listens to its files alone."""
    line = f"      directory: {scalar(directory, '')}\n"
    if _WITH.search(workflow):
        text = _WITH.sub(lambda match: match[0] + line, workflow, count=1)
    else:
        text = _USES.sub(lambda match: f"{match[0]}    with:\n{line}", workflow, count=1)
    return _PATHS.sub(lambda match: f"{match[1]}[{_below(match[2], directory)}]", text)


def means(workflow: str, directory: str) -> bool:
    """Whether a workflow that is there already was written for the archive in this folder."""
    match = _DIRECTORY.search(workflow.replace("\r\n", "\n"))
    return match is not None and match[1] == scalar(directory, "")


def _below(patterns: str, directory: str) -> str:
    """The patterns of a path filter, below the folder; its own characters stand for themselves."""
    plain = re.sub(r"([*?+\[\]!])", r"\\\\\1", directory)  # a backslash, written twice as in any YAML string
    return re.sub(r'"([^"]*)"', lambda match: f'"{plain}/{match[1]}"', patterns)
