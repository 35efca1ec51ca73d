"""`postmortem init`: a new archive, or an older one brought up to date."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from generator.setup.init.answering import Answers
    from generator.setup.init.deciding import Decision
    from generator.setup.init.plan import TargetFolder

# what is asked, in this order → the question; the answer in brackets is taken by pressing Enter
QUESTIONS = {
    "title": "What is the archive called?",
    "url": "Where will the site be published? (an address; may be empty)",
    "repository": "Where will the repository be? (owner/name on GitHub, or an address; may be empty)",
    "severities": "Which severities do you have, most severe first?",
    "jira_project": "Which Jira project takes the postmortems? (its key; empty without Jira)",
    "jira_url": "Where is your Jira? (such as https://example.atlassian.net; may be empty)",
    "service": "What is the first of your services called? (may be empty)",
}


@click.command(name="init", epilog="Example: postmortem init our-postmortems --yes --title 'Our postmortems'")
@click.argument("target", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option("--title", help="The archive's name.  [default: Postmortems]")
@click.option("--url", help="The address at which the site will be published.")
@click.option("--repository", help="The repository's address, or owner/name on GitHub.")
@click.option("--severities", help="Names, most severe first, separated by commas.  [default: SEV1 to SEV5]")
@click.option("--jira-project", help="The key of the Jira project that takes the postmortems.")
@click.option("--jira-url", help="The address of your Jira.")
@click.option("--service", help="The first of your services.")
@click.option("--yes", is_flag=True, help="Ask nothing; what no option says is left at its default.")
@click.option("--no-github", is_flag=True, help="Leave out what only GitHub reads: workflows, templates, CODEOWNERS.")
@click.option(
    "--tool",
    metavar="OWNER/NAME[@TAG]",
    default="",
    help="The repository of this program whose workflows are called, where it is not the usual one.",
)
@click.option(
    "--force",
    "named",
    multiple=True,
    metavar="FILE",
    help="Write this file or folder as it is shipped, even where yours differs; may be given several times.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.pass_context
def command(
    context: click.Context,
    /,
    *,
    target: Path,
    yes: bool,
    no_github: bool,
    tool: str,
    named: tuple[str, ...],
    dry_run: bool,
    **given: str | None,
) -> None:
    """Begin an archive in DIR, the current folder if none is named; run again, it renews what nobody edited.

    Files of yours are never overwritten: where they differ from what is shipped, the difference is shown.
    """
    from generator.setup.init import project, telling
    from generator.setup.init.plan import look, plan, plan_workflows
    from generator.setup.init.write import carry_out

    place = look((context.find_root().obj["directory"] or Path()) / target)
    if tool:
        repository, ref = project.tool(tool)
        place = replace(place, repository=repository, ref=ref)
    answers = _answers(place, given, ask=not yes and place.answers is None)
    workflows = () if no_github else plan_workflows(place, answers, named=named)
    own = plan(
        place, answers, github=not no_github, named=[one for one in named if one not in {w.path for w in workflows}]
    )
    # The workflows first: the settings are written last of all, and tell that all else has been.
    for root, chosen in ((place.checkout or place.root, workflows), (place.root, own)):
        for decision in chosen if dry_run else carry_out(root, chosen):
            for line in telling.lines(decision, plan=dry_run):
                click.echo(line)
    decisions = (*workflows, *own)
    if workflows:
        click.echo(
            telling.monorepo(place.checkout or place.root, place.directory, place.repository, place.ref), err=True
        )
    click.echo(telling.summary(decisions, plan=dry_run), err=True)
    written = [decision for decision in decisions if decision.write]
    if written and not dry_run:
        _next(place, target, written)


def _answers(place: TargetFolder, given: Mapping[str, str | None], *, ask: bool) -> Answers:
    """What the archive holds already, what the options say, and what a person answers."""
    from generator.setup.init.answering import READERS, Answers

    found: dict[str, Any] = {}
    for name, value in given.items():
        if value is not None:
            try:
                found[name] = READERS[name](value)
            except UsageError as error:
                raise click.BadParameter(str(error), param_hint=f"--{name.replace('_', '-')}") from None
    answers = replace(place.answers or Answers(), **found)
    for name, question in QUESTIONS.items() if ask else ():
        if name not in found and (name != "jira_url" or answers.jira_project):
            default = ", ".join(answers.ranks) if name == "severities" else getattr(answers, name)
            answers = replace(answers, **{name: _asked(question, default, READERS[name])})
    return answers


def _asked(question: str, default: str, read: Callable[[str], Any]) -> Any:
    """The answer to a question; asked again until it is one."""

    def checked(text: str) -> Any:
        try:
            return read(text)
        except UsageError as error:
            raise click.UsageError(str(error)) from None

    try:
        return click.prompt(question, default=default, show_default=bool(default), value_proc=checked, err=True)
    except click.Abort as stopped:
        if isinstance(stopped.__context__, EOFError):
            raise UsageError("There are no more answers; --yes leaves the rest at its defaults.") from None
        raise


def _next(place: TargetFolder, target: Path, written: Sequence[Decision]) -> None:
    """What a person does now."""
    from generator.setup.init.project import UNKNOWN_OWNER

    nameless = [decision.path for decision in written if f"{UNKNOWN_OWNER}/" in decision.text]
    if nameless:
        click.echo(
            f"Where this program's repository lies is not known here, so {UNKNOWN_OWNER} stands for its owner in"
            f" {', '.join(nameless)}. Run this again with --tool OWNER/NAME once you know.",
            err=True,
        )
    if place.answers is None:
        steps = [] if target == Path() else [f"cd {shlex.quote(str(target))}"]
        steps += [] if place.checkout else ["git init -b main"]
        steps += ["git add . && git commit -m 'Begin the archive'"]
        click.echo("\n  ".join(["Next:", *steps, "postmortem serve"]), err=True)
