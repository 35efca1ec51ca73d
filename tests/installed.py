"""Packages that are really installed, if only on the path: a module and the metadata with its entry points."""

import textwrap
from pathlib import Path


def package(folder: Path, module: str, code: str, entries: dict[str, str]) -> None:
    """Put a module and its distribution into a folder; `entries` maps `group` to `name = module:attribute`."""
    (folder / f"{module}.py").write_text(textwrap.dedent(code), encoding="utf-8")
    info = folder / f"{module}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n", encoding="utf-8")
    text = "".join(f"[{group}]\n{line}\n" for group, line in entries.items())
    (info / "entry_points.txt").write_text(text, encoding="utf-8")
