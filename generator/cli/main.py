"""The command line: finds the command, turns errors into sentences and exit codes."""

import errno
import os
import sys
from pathlib import Path

import click

from generator import __version__
from generator.cli.commands.lazy import LazyGroup
from generator.errors import PostmortemError

# name → one line for --help; the module is generator.cli.commands.<name>, its click command carries the same name
COMMANDS = {
    "init": "Begin an archive, or renew what came with one.",
    "new": "Draft a postmortem from incident data.",
    "import": "Adopt the postmortems that a team already has.",
    "check": "Check postmortems as a good reviewer would.",
    "list": "List the archive, filtered and sorted.",
    "actions": "List action items: open, overdue, by owner.",
    "sync": "Keep postmortems in step with Jira, GitHub and Confluence.",
    "notify": "Notify people in Slack of what is new, due or overdue.",
    "doctor": "Try every setting, and name each fault and its fix.",
    "github": "What the workflows do on GitHub: comments, drafts, reminders.",
    "build": "Build the site.",
    "serve": "Build the site and show it, live.",
    "demo": "Show it all on this machine, with invented data.",
    "sandbox": "Run a Jira on this machine, to try things out.",
    "schema": "Print the JSON Schema of front matter or of incident files.",
}


@click.command(
    cls=LazyGroup,
    package="generator.cli.commands",
    known=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: postmortem new --from file:incident.json",
)
@click.option(
    "-C",
    "directory",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The archive's folder; else the nearest one with site_config/archive.yml above the paths named, else above here.",
)
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
@click.version_option(__version__, prog_name="postmortem")
@click.pass_context
def cli(context: click.Context, directory: Path | None, debug: bool) -> None:
    """Postmortems as Markdown in Git: drafted from incident data, reviewed, published, followed up."""
    context.obj = {"directory": directory, "debug": debug}


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit: 0 fine, 1 findings or refused, 2 usage or configuration, 3 a bug, 130 interrupted."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        code = cli.main(args=arguments, prog_name="postmortem", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as exit_request:
        code = exit_request.exit_code
    except click.ClickException as error:
        error.show()
        code = 2
    except PostmortemError as error:
        click.echo(f"postmortem: {_masked(str(error))}", err=True)
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("", err=True)
        code = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader went away; nothing more to say
        code = 1
    except OSError as error:
        code = _of_this_machine(error) or _bug(error, "--debug" in arguments)
    except Exception as error:  # noqa: BLE001 - the last line of defence: a bug is reported as one
        code = _bug(error, "--debug" in arguments)
    sys.exit(code if isinstance(code, int) else 0)


def _of_this_machine(error: OSError) -> int:
    """1, and a sentence, where the disk is full or may not be written; 0 where the program itself is to blame."""
    if error.errno not in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM}:
        return 0
    place = f"{error.filename2 or error.filename}: " if error.filename else ""
    click.echo(f"postmortem: {place}cannot be read or written: {error.strerror}.", err=True)
    return 1


def _masked(message: str) -> str:
    """What is told of an error: it may quote a document or another system, and with them a secret."""
    from generator.document.secrets import masked

    return masked(message)


def _bug(error: Exception, debug: bool) -> int:
    import traceback

    if debug:
        traceback.print_exception(error)
    else:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(frame.filename).name}:{frame.lineno}"
        click.echo(
            f"postmortem: this is a bug, sorry: {type(error).__name__} at {where}: {_masked(str(error))}", err=True
        )
        click.echo("Run it again with --debug (before the command) and report what it prints.", err=True)
    return 3
