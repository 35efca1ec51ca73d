"""Small staged sites and archives for the tests of this folder."""

import base64
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.settings.model import Settings
from generator.site.build.building import Report, build

LOOK = """\
theme:
  name: material
  font: false
  custom_dir: overrides
plugins: []
markdown_extensions: [attr_list, toc]
nav:
  - Overview: index.md
  - actions.md
"""
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
MAIN = '{% extends "base.html" %}{% block content %}<div{% if page.meta.search %} data-pagefind-body{% endif %}>{{ page.content }}</div>{% endblock %}'


@dataclass(frozen=True)
class Staged:
    """A site before the engine."""

    pages: Mapping[str, str]
    files: Mapping[str, bytes] = field(default_factory=dict)
    copies: Mapping[str, str] = field(default_factory=dict)
    hidden: Collection[str] = ()
    public: bool = True


def page(title: str, body: str, *, search: bool = True) -> str:
    """A staged page: front matter, a heading, a block that staging rendered."""
    return (
        f"---\ntitle: {title}\nsearch: {str(search).lower()}\n---\n\n# {title}\n\n## Summary\n\n<div>\n{body}\n</div>\n"
    )


def staged(count: int = 3, **changes: str) -> Staged:
    """An overview, a tracker and `count` postmortems; `changes` give other bodies (`INC_2="..."`)."""
    pages = {
        "index.md": page("Overview", "<p>All is well.</p>", search=False),
        "actions.md": page("Actions", "<ul><li>Size the pool</li></ul>", search=False),
    }
    for number in range(1, count + 1):
        body = changes.get(f"INC_{number}", f"<p>The pool of service{number} ran dry.</p>")
        pages[f"postmortems/INC-{number}/index.md"] = page(f"Incident {number}", body)
    return Staged(pages, {"postmortems.json": b"[]\n"}, {"postmortems/INC-1/graph.png": "postmortems/INC-1/graph.png"})


def archive(root: Path) -> Path:
    """An archive with a look and one picture."""
    overrides = root / "site_config" / "overrides"
    (overrides / "assets").mkdir(parents=True)
    (root / "site_config" / "mkdocs.yml").write_text(LOOK, encoding="utf-8")
    (overrides / "main.html").write_text(MAIN, encoding="utf-8")
    (overrides / "assets" / "own.css").write_text("h1 { color: teal }\n", encoding="utf-8")
    picture = root / "postmortems" / "INC-1" / "graph.png"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(PIXEL)
    return root


def builder(root: Path, **defaults: object) -> Callable[..., Report]:
    """`build` for an archive, with everything filled in that a test does not care about."""

    def run(site: Staged, **options: object) -> Report:
        values: dict[str, object] = {
            "settings": Settings(title="Test archive", url="https://pm.example.com/"),
            "site_config": root / "site_config",
            "archive_root": root,
            "output": root / "site",
            "cache": root / ".postmortem" / "cache",
        }
        return build(site, **{**values, **defaults, **options})  # type: ignore[arg-type]

    return run


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
