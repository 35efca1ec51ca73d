"""`postmortem check`: what a good reviewer would find."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.commands import configuration

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from generator.check.rule import Rule
    from generator.check.run import CheckResult
    from generator.settings.load import Config


@click.command(name="check", epilog="Example: postmortem check postmortems/2026 --base origin/main --format github")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--base",
    metavar="REV",
    help="The revision that the change began from: language findings only on lines that it touches.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="For a person, a script, a pull request's annotations, or code scanning.",
)
@click.option("--fix", is_flag=True, help="Put right what is safe: numbers of new rows, times, known words.")
@click.option(
    "--rule",
    "only",
    multiple=True,
    metavar="ID",
    help="Run only this rule, or all that begin so (blameless-*); may be given several times.",
)
@click.option("--strict", is_flag=True, help="End with 1 for warnings as well.")
@click.option("--jobs", type=click.IntRange(1, 64), help="How many processes; as many as processors by default.")
@click.option("--list-rules", is_flag=True, help="List the rules with their severity by status, and stop.")
@click.pass_context
def command(
    context: click.Context,
    *,
    paths: tuple[Path, ...],
    base: str | None,
    form: str,
    fix: bool,
    only: tuple[str, ...],
    strict: bool,
    jobs: int | None,
    list_rules: bool,
) -> int:
    """Check PATHS, or the whole archive. A draft is advised, a published document is held to the rules."""
    from generator.check import engine
    from generator.check.report import summary
    from generator.check.run import joined
    from generator.document.finding import Level

    if list_rules:
        return _list(engine.rules(), form)
    chosen = _chosen(only, engine.by_id())
    archives = _archives(context, paths)
    checked = [_checked(*one, base=base, form=form, only=chosen, fix=fix, jobs=jobs) for one in archives]
    result, count = joined([result for result, _ in checked]), sum(files for _, files in checked)
    for path, change in result.changes:
        click.echo(f"{path}:{change.line}: {change.what}", err=True)
    click.echo(_rendered(result, form, engine.rules()), nl=False)
    click.echo(summary(result.findings, count), err=True)
    failing = {Level.ERROR, Level.WARNING} if strict else {Level.ERROR}
    return int(any(finding.severity in failing for finding in result.findings))


def _checked(
    loaded: "Config",
    paths: tuple[Path, ...],
    place: str,
    *,
    base: str | None,
    form: str,
    only: frozenset[str],
    fix: bool,
    jobs: int | None,
) -> "tuple[CheckResult, int]":
    """What was found in one archive, with paths that begin with its place, and in how many files."""
    from generator.check.paths import select
    from generator.check.run import Job, cores, run
    from generator.clients import git
    from generator.settings.load import now

    selection = select(loaded.root, paths)
    for note in selection.notes:
        click.echo(note, err=True)
    since = git.base(loaded.root, base) if base else None
    result = run(Job(loaded.root, loaded.settings, now().date(), only, fix), selection.paths, since, jobs or cores())
    if base and form == "github":
        # GitHub looks for the file from the repository's root, where the archive need not lie.
        place = git.place(loaded.root) or ""
    return result.below(place), len(selection.paths)


def _archives(context: click.Context, paths: tuple[Path, ...]) -> "list[tuple[Config, tuple[Path, ...], str]]":
    """Each archive with its paths among those that are named, and, where it is not the only one, its place from here.

    A commit may touch several archives of one repository, and a hook then names the files of all of them at once.
    """
    from generator.errors import NoArchiveError
    from generator.settings.load import load
    from generator.settings.load.locate import archives_of, folder_of, nearest, shortest

    roots = () if context.find_root().obj["directory"] else archives_of(paths)
    if len(roots) < 2:
        return [(configuration(context, paths), paths, "")]
    owners = {path: nearest(folder_of(path)) for path in paths}
    lost = [str(path) for path, root in owners.items() if root is None]
    if lost:
        raise NoArchiveError(f"{lost[0]} lies in no archive, and others named here lie in several; name it by itself.")
    return [
        (load(root), tuple(path for path in paths if owners[path] == root), f"{shortest(root).as_posix()}/")
        for root in roots
    ]


def _rendered(result: "CheckResult", form: str, rules: "Sequence[Rule]") -> str:
    from generator.check import report
    from generator.check.report import as_records
    from generator.settings.load import no_colour

    if form == "json":
        return as_records(result.findings)
    if form == "github":
        return report.github(result.findings)
    if form == "sarif":
        return report.sarif(result.findings, rules)
    return report.text(result.findings, colour=sys.stdout.isatty() and not no_colour())


def _list(rules: "Sequence[Rule]", form: str) -> int:
    from generator import output
    from generator.check.report import rule_rows

    columns = ("rule", "draft", "in_review", "published", "fixable", "title")
    click.echo(output.rendered(rule_rows(rules), columns, "json" if form == "json" else "table"), nl=False)
    return 0


def _chosen(wanted: "Sequence[str]", known: "Collection[str]") -> frozenset[str]:
    """The rules that these words name; `*` at the end of one stands for any rest."""
    import difflib

    chosen: set[str] = set()
    for word in wanted:
        found = {name for name in known if name == word or (word.endswith("*") and name.startswith(word[:-1]))}
        if not found:
            close = difflib.get_close_matches(word, known, n=1)
            meant = f"Did you mean {close[0]!r}?" if close else "--list-rules names them all."
            raise click.BadParameter(f"There is no rule {word!r}. {meant}", param_hint="--rule")
        chosen |= found
    return frozenset(chosen)
