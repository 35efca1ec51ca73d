"""What an archive holds already, and what is to be done with each shipped file."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator import __version__
from generator.clients import git
from generator.document import archive
from generator.errors import InputError, PostmortemError, UsageError
from generator.regular_files import SETTINGS_BYTES, Guard
from generator.settings import load as config
from generator.settings.load import load
from generator.setup.init.answering import Answers, answers_of
from generator.setup.init.begin import ARCHIVE, only_begun
from generator.setup.init.deciding import Decision, ExistingFile, decide
from generator.setup.init.filling import fill
from generator.setup.init.marking import split
from generator.setup.init.monorepo import in_directory, means, workflow_path
from generator.setup.init.project import called

GITHUB = ".github/"
WORKFLOWS = f"{GITHUB}workflows/"
HOOKS = ".pre-commit-config.yaml"
CALLERS = (f"{WORKFLOWS}check.yml", HOOKS)
EXAMPLE = f"{archive.FOLDER}/"
# Built-in files that an archive may have of its own; as its own win, a copy is only made where somebody names it.
OPTIONAL = {"templates": "*.md.j2", "site_config": "mkdocs.yml", "site_config/overrides": "**/*"}
_DOT = "dot-"  # stands for the dot of hidden files, which packagers and search leave out


@dataclass(frozen=True, slots=True)
class TargetFolder:
    """A folder before anything is written to it.

    `answers` are those that it holds, None where it has no configuration; `complete` is whether an earlier run ended;
    `repository` at `ref` is where the workflows are that it calls; `checkout` is the folder of the Git repository that it
    lies in, None where there is none, and `branch` that repository's default branch.
    """

    root: Path
    answers: Answers | None
    complete: bool
    repository: str
    ref: str
    checkout: Path | None
    branch: str = "main"

    @property
    def directory(self) -> str:
        """Where in its repository the archive lies; empty where it is the repository, or in none."""
        inner = self.checkout is not None and self.checkout != self.root
        return self.root.relative_to(self.checkout).as_posix() if inner and self.checkout else ""


def look(root: Path) -> TargetFolder:
    """Look at the folder where the archive is to be. Raises UsageError where that is no folder."""
    if os.path.lexists(root) and not root.is_dir():
        raise UsageError(f"{root}: is not a folder, so no archive can be there; name another one.")
    root = root.resolve()
    known = _found(root, ARCHIVE)
    if known is not None and known.unreadable:
        raise UsageError(f"{ARCHIVE}: {known.unreadable}")
    if known is not None:
        load(root)  # its faults are named with their lines before anything is read out of it
    begun = known is not None and only_begun(known.text)
    mark = split(known.text)[1] if known is not None and not begun else None
    checkout = next((one for one in (root, *root.parents) if os.path.lexists(one / ".git")), None)
    callers = [_found(root, path) for path in CALLERS]
    if checkout is not None and checkout != root:
        directory = root.relative_to(checkout).as_posix()
        callers.append(_found(checkout, workflow_path(directory, "check.yml")))
    repository, ref = called(*(caller.text for caller in callers if caller))
    answers = answers_of(known.text) if known is not None and not begun else None
    branch = git.default_branch(checkout) if checkout else "main"
    return TargetFolder(root, answers, mark is not None, repository, ref, checkout, branch)


def plan(
    place: TargetFolder, answers: Answers, *, github: bool = True, named: Sequence[str] = ()
) -> tuple[Decision, ...]:
    """What to do with each shipped file, `archive.yml` last; nothing is written.

    `named` are the files and folders that a person wants as they are shipped. Raises UsageError for one that is none,
    and PostmortemError where a link leads out of the archive or something stands in the way.
    """
    wanted = {
        path: fill(text, answers, repository=place.repository, ref=place.ref, branch=place.branch)
        for path, text in _shipped()
        if (github and not place.directory) or not path.startswith((GITHUB, HOOKS) if place.directory else GITHUB)
    }
    optional = dict(_optional())
    chosen = {path for name in named for path in _chosen(place.root, name, [*wanted, *optional])}
    decisions = [
        decide(path, _found(place.root, path), optional[path].read_text("utf-8"), __version__, named=True, mark=False)
        for path in sorted(chosen & optional.keys())
    ]
    needs_no_example = place.complete or bool(archive.paths(place.root))
    for path in sorted(wanted, key=lambda path: (path == ARCHIVE, path)):
        found = _found(place.root, path)
        if path.startswith(EXAMPLE) and found is None and path not in chosen and needs_no_example:
            continue
        complete = place.complete and path != ARCHIVE
        decisions.append(decide(path, found, wanted[path], __version__, named=path in chosen, complete=complete))
    for decision in decisions:
        if decision.write and (place.root / decision.path).is_symlink():
            raise PostmortemError(f"{decision.path}: is a link, so it was left alone; name the file that it leads to.")
    return tuple(decisions)


def plan_workflows(place: TargetFolder, answers: Answers, *, named: Sequence[str] = ()) -> tuple[Decision, ...]:
    """What to do with the workflows of an archive in a subfolder, by their paths in the repository.

    What is not this archive's is never touched, whoever wrote it.
    """
    if place.checkout is None or not place.directory:
        return ()
    shipped_ones = {
        workflow_path(place.directory, path.removeprefix(WORKFLOWS)): text
        for path, text in _shipped()
        if path.startswith(WORKFLOWS)
    }
    # Where none of them is there, an earlier version put them below the archive, where GitHub never ran them.
    complete = place.complete and any(os.path.lexists(place.checkout / target) for target in shipped_ones)
    decisions = []
    for target, shipped in shipped_ones.items():
        text = fill(shipped, answers, repository=place.repository, ref=place.ref, branch=place.branch)
        existing = _found(place.checkout, target)
        own = existing is None or means(existing.text, place.directory)
        decision = decide(
            target,
            existing if own or existing is None else replace(existing, text=split(existing.text)[0]),
            in_directory(text, place.directory),
            __version__,
            named=own and target in named,
            complete=complete,
        )
        if decision.write and (place.checkout / target).is_symlink():
            raise PostmortemError(f"{target}: is a link, so it was left alone; name the file that it leads to.")
        decisions.append(decision)
    return tuple(decisions)


def _shipped() -> Iterator[tuple[str, str]]:
    """The files of `starter/`: their path in an archive, and their text."""
    folder = config.data("starter")
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            parts = file.relative_to(folder).parts
            path = "/".join(f".{part.removeprefix(_DOT)}" if part.startswith(_DOT) else part for part in parts)
            yield path, file.read_text(encoding="utf-8")


def _optional() -> Iterator[tuple[str, Path]]:
    for folder, pattern in OPTIONAL.items():
        top, _, rest = folder.partition("/")
        data = config.data(top) / rest
        for file in sorted(data.glob(pattern)):
            if file.is_file():
                yield f"{folder}/{file.relative_to(data).as_posix()}", file


def _chosen(root: Path, name: str, known: Iterable[str]) -> list[str]:
    """The shipped files that a person named: one, or all below a folder; from the archive's folder, or from here."""
    here = Path.cwd() / name
    place = here.parent.resolve() / here.name
    inside = place.relative_to(root).as_posix() if place.is_relative_to(root) and place != root else ""
    plain = Path(name).as_posix()
    found = [path for path in known if path in {plain, inside}]
    found = found or [path for path in known if any(one and path.startswith(f"{one}/") for one in (plain, inside))]
    if not found:
        raise UsageError(f"{name}: is not one of the files that init knows. They are: {', '.join(sorted(known))}.")
    return found


def _found(root: Path, path: str) -> ExistingFile | None:
    """What stands at a path; raises PostmortemError where a link leads out of the archive, or it cannot be written."""
    target = archive.inside(root, path)
    for folder in list(target.relative_to(root).parents)[-2::-1]:
        if os.path.lexists(root / folder) and not (root / folder).is_dir():
            raise PostmortemError(f"{folder.as_posix()}: is not a folder, so {path} cannot be there; move it away.")
    link = target.is_symlink()
    if not os.path.lexists(target):
        return None
    if link and not target.resolve().is_relative_to(root):
        raise PostmortemError(f"{path}: is a link that leads out of the archive, so nothing was written; remove it.")
    if not target.is_file():
        raise PostmortemError(f"{path}: is not a regular file, so nothing was written; move it away.")
    try:
        return ExistingFile(Guard(SETTINGS_BYTES, "a file to compare", root).text(target, ""), link=link)
    except InputError as error:
        return ExistingFile(unreadable=f"{error} It was not compared.", link=link)
