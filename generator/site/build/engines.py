"""The site engines: programs that turn a folder of Markdown into HTML, run as they are and read by their output."""

import re
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from generator.errors import PostmortemError, UsageError


@dataclass(frozen=True, slots=True)
class Engine:
    """One engine: its command is `python -m <name>`; `packages` are those whose version shows in the HTML."""

    name: str
    title: str
    packages: tuple[str, ...]

    def versions(self) -> str:
        """The versions of everything that has a hand in the HTML, for telling old HTML from new."""
        python = ".".join(map(str, sys.version_info[:2]))
        return " ".join([f"python={python}", *(f"{name}={_version(name)}" for name in (*self.packages, *SHARED))])


SHARED = ("markdown", "pymdown-extensions", "pygments", "jinja2", "markupsafe", "pyyaml")
ENGINES = {
    engine.name: engine
    for engine in (
        Engine("mkdocs", "MkDocs", ("mkdocs", "mkdocs-material")),
        Engine("properdocs", "ProperDocs", ("properdocs", "mkdocs-material")),
        Engine("zensical", "Zensical", ("zensical",)),
    )
}

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_COMPLAINT = re.compile(r"(?:WARNING|ERROR|CRITICAL)\s+-\s+(.*)|(?:Error|Warning):\s+(.*)")
_PLACE = re.compile(r"\[ (\S+?):\d+:\d+ \]")
_TEMPLATE = re.compile(r'File "([^"]+\.html)", line (\d+)')


def get(name: str) -> Engine:
    """The engine with this name, if it is known and installed."""
    engine = ENGINES.get(name)
    if engine is None:
        msg = f"There is no site engine {name!r}; choose one of {', '.join(ENGINES)}."
        raise UsageError(msg)
    if find_spec(name) is None:
        package = "postmortem-archive" if name == "mkdocs" else f"postmortem-archive[{name}]"
        msg = f'{engine.title} is not installed; install it with: {sys.executable} -m pip install "{package}"'
        raise PostmortemError(msg)
    return engine


def run(engine: Engine, folder: Path, *, strict: bool) -> tuple[str, ...]:
    """Build the site of `folder` (its `mkdocs.yml`, `docs/` to `site/`) and return the engine's warnings.

    Raises `PostmortemError` with what the engine complained about when it fails or, if `strict`, warns.
    """
    # Not --quiet: it takes the warnings out of what --strict counts.
    command = [sys.executable, "-m", engine.name, "build", "-f", "mkdocs.yml", *(["--strict"] if strict else [])]
    done = subprocess.run(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    said = complaints(done.stdout)
    if done.returncode == 0 and not (strict and said):
        return said
    reasons = said or last_words(done.stdout) or (f"it ended with exit code {done.returncode} and said nothing",)
    lines = "".join(f"\n  {line}" for line in reasons[:20])
    more = f"\n  ... and {len(reasons) - 20} more" if len(reasons) > 20 else ""
    msg = f"{engine.title} did not build the site:{lines}{more}"
    raise PostmortemError(msg)


def complaints(output: str) -> tuple[str, ...]:
    """The warnings and errors in an engine's output, each a line that names the page where the engine does."""
    lines = _ANSI.sub("", output).splitlines()
    found: list[str] = []
    for number, line in enumerate(lines):
        if match := _COMPLAINT.match(line):
            place = _PLACE.search(lines[number + 1]) if number + 1 < len(lines) else None
            found.append(f"{place[1]}: {match[2]}" if place and match[2] else match[1] or match[2])
    if "Traceback (most recent call last):" in lines and not found:
        return last_words(output)
    return tuple(dict.fromkeys(found))


def last_words(output: str) -> tuple[str, ...]:
    """Why an engine broke off: its last line, and the template it was in where a template was the reason."""
    lines = [line for line in _ANSI.sub("", output).splitlines() if line.strip()]
    templates = [match for line in lines if (match := _TEMPLATE.search(line))]
    where = f" (in {templates[-1][1]}, line {templates[-1][2]})" if templates else ""
    return (lines[-1].strip() + where,) if lines else ()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
