"""A shipped text with its placeholders filled: `__TITLE__` and its like, every value written so that it stays one."""

import re

from generator.draft.escape import plain
from generator.errors import PostmortemError
from generator.markup.yaml import scalar
from generator.settings.model import SEVERITIES, Severity
from generator.setup.init.answering import Answers

EXAMPLE_SERVICE = "website"
_PLACEHOLDER = re.compile(r"__([A-Z]+(?:_[A-Z]+)*)__")


def fill(text: str, answers: Answers, *, repository: str, ref: str, branch: str = "main") -> str:
    """The text of a file of `starter/` for one archive.

    `repository` at `ref` is where the workflows are that it calls, `branch` the default branch of its own repository.
    Raises PostmortemError for a placeholder that nobody fills.
    """
    values = _values(answers, repository, ref, branch)

    def value(found: re.Match[str]) -> str:
        if found[1] not in values:
            raise PostmortemError(f"A file of starter/ has the placeholder {found[0]}, which nothing fills.")
        return values[found[1]]

    return _PLACEHOLDER.sub(value, text)


def _values(answers: Answers, repository: str, ref: str, branch: str) -> dict[str, str]:
    ranks = answers.ranks
    return {
        "TITLE": _yaml(answers.title),
        "TITLE_TEXT": plain(answers.title),
        "URL": _setting("url", answers.url, "https://postmortems.example.com/"),
        "REPOSITORY": _setting("repository", answers.repository, "https://github.com/example/postmortems"),
        "SEVERITIES": _severities(answers.severities),
        "SERVICES": _services(answers.service),
        "JIRA": _jira(answers),
        "SEVERITY": _yaml(ranks[min(2, len(ranks) - 1)]),
        "SERVICE": _yaml(answers.service or EXAMPLE_SERVICE),
        "BRANCH": _yaml(branch),
        "TOOL": repository,
        "REF": ref,
        "VERSION": ref.removeprefix("v"),
    }


def _yaml(value: str) -> str:
    """A value that every reader of YAML takes for this text; quoted also where only a list would break it."""
    return scalar(value, '"' if "?" in value else "")


def _setting(key: str, value: str, example: str) -> str:
    return f"{key}: {_yaml(value)}" if value else f"#{key}: {example}"


def _jira(answers: Answers) -> str:
    if not answers.jira_url and not answers.jira_project:
        return "#jira:\n#  url: https://example.atlassian.net\n#  project: INCIDENT"
    return "\n".join(
        [
            "jira:",
            f"  {_setting('url', answers.jira_url, 'https://example.atlassian.net')}",
            f"  {_setting('project', answers.jira_project, 'INCIDENT')}",
        ]
    )


def _services(name: str) -> str:
    if name:
        return f"services:\n  - name: {_yaml(name)}\n    #description: What it does, in a sentence."
    return (
        f"#services:\n#  - name: {EXAMPLE_SERVICE}\n#    description: What everybody sees.\n"
        "#    owners: [alex.doe]\n#    aliases: [Web, web-frontend]"
    )


def _severities(names: tuple[str, ...]) -> str:
    head = "severities:"
    if not names:
        rows = [row for one in SEVERITIES for row in _severity(one)]
        return "\n".join(f"#{row}" for row in (head, *rows))
    return "\n".join([head, *(row for one in _ranked(names) for row in _severity(one))])


def _severity(severity: Severity) -> list[str]:
    rows = [f"  - name: {_yaml(severity.name)}"]
    rows += [f"    description: {_yaml(severity.description)}"] if severity.description else []
    rows += [f"    aliases: [{', '.join(map(_yaml, severity.aliases))}]"] if severity.aliases else []
    return rows


def _ranked(names: tuple[str, ...]) -> list[Severity]:
    """Severities of these names that understand other tools' words as the built-in ones of the same rank do.

    The last one takes the words of all ranks below it, and a word that is itself a name means that name.
    """
    taken = {name.casefold() for name in names}
    found = []
    for rank, name in enumerate(names):
        below = SEVERITIES[rank:] if rank == len(names) - 1 else SEVERITIES[rank : rank + 1]
        words = [word for one in below for word in (one.name.lower(), *one.aliases) if word not in taken]
        found.append(Severity(name, below[0].description if below else "", tuple(words)))
    return found
