"""`postmortem github`: what the workflows do on GitHub, for people too."""

import click

from generator.cli.commands.lazy import LazyGroup

# name → one line for --help; the module is generator.cli.commands.github.<name>
COMMANDS = {
    "comment": "Write the comment on a pull request's postmortems.",
    "post-comment": "Keep that comment and the suggestions on the pull request.",
    "draft": "Draft postmortems and open a pull request for each.",
    "write-back": "Commit what sync wrote into the files, or propose it.",
    "overdue": "Keep one issue that lists overdue action items.",
}


@click.group(
    name="github",
    cls=LazyGroup,
    package="generator.cli.commands.github",
    known=COMMANDS,
    epilog="Example: postmortem github comment --base origin/main",
)
def command() -> None:
    """What the workflows do on GitHub; see docs/github.md.

    What writes there prints its plan, and does it only with --apply. GITHUB_TOKEN and GITHUB_REPOSITORY say where.
    """
