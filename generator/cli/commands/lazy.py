"""A group of commands that are imported only when they are called, so that --help stays quick."""

import importlib
from collections.abc import Mapping
from keyword import iskeyword
from typing import Any

import click


class LazyGroup(click.Group):
    """Commands by name with one line each; the module is `<package>.<name>` and holds `command`."""

    def __init__(self, *args: Any, package: str, known: Mapping[str, str], **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self._package, self._known = package, known

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The commands in the order in which people need them."""
        return list(self._known)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import the command."""
        if cmd_name not in self._known:
            return None
        name = cmd_name.replace("-", "_")
        module = importlib.import_module(f"{self._package}.{name}{'_' if iskeyword(name) else ''}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self._known.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or suggest the one that was probably meant."""
        import difflib

        if args and args[0] not in self._known and not args[0].startswith("-"):
            close = difflib.get_close_matches(args[0], self._known, n=1)
            raise click.UsageError(
                f"There is no command {args[0]!r}." + (f" Did you mean {close[0]!r}?" if close else " See --help.")
            )
        return super().resolve_command(ctx, args)
