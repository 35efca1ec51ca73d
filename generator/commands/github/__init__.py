"""`postmortem github`: what the workflows do on GitHub, for people too."""

import importlib

import click

# name → one line for --help; the module is generator.commands.github.<name>
COMMANDS = {
    "comment": "Write what a pull request is told about its postmortems.",
    "post-comment": "Keep that comment and the suggestions on the pull request.",
    "draft": "Draft postmortems and open a pull request for each.",
    "write-back": "Commit what sync wrote into the files, or propose it.",
    "overdue": "Keep one issue that lists overdue action items.",
}


class Commands(click.Group):
    """A group that imports a command only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The commands in the order of a postmortem's life."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import the command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"generator.commands.github.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(name="github", cls=Commands, epilog="Example: postmortem github comment --base origin/main")
def command() -> None:
    """What the workflows do on GitHub; see docs/github.md.

    What writes there prints its plan, and does it only with --apply. GITHUB_TOKEN and GITHUB_REPOSITORY say where.
    """
