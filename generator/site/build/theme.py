"""The site's look: `site_config/mkdocs.yml` and the theme files beside it, made ready for an engine."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from generator.errors import InputError
from generator.regular_files import ATTACHMENT_BYTES, SETTINGS_BYTES, Guard, exists
from generator.settings.model import Settings
from generator.site.build.cache import key

FILE = "mkdocs.yml"
# These are read by the program and reach the site through the staged pages alone.
NOT_THE_LOOK = {"archive.yml", "people.yml"}
# Links lead to final addresses and were checked while staging; an engine sees a part of the pages only.
VALIDATION = {
    "nav": {"omitted_files": "ignore", "not_found": "warn", "absolute_links": "ignore"},
    "links": {"not_found": "ignore", "absolute_links": "ignore", "unrecognized_links": "ignore", "anchors": "ignore"},
}


@dataclass(frozen=True, slots=True)
class Look:
    """What an engine needs: the configuration's text and the pages that the navigation names.

    `left_out` are pages of the built-in navigation that this site does not have; `digest` changes whenever
    the look of a page might.
    """

    config: str
    nav: Mapping[str, str | None]
    left_out: tuple[str, ...]
    digest: str


def read(
    site_config: Path, settings: Settings, pages: Mapping[str, str], *, own: bool, hidden: Collection[str] = ()
) -> Look:
    """Read the look at `site_config` and complete it with the settings.

    `own` is whether the archive wrote it itself; then its navigation stands as it is, right or wrong, but for pages
    that are `hidden` from the site's audience.
    """
    tree = _compose(site_config / FILE)
    nav = _get(tree, "nav") or _value(_default_nav(pages))
    left_out: list[str] = []
    _drop(nav, lambda page: page in hidden, [])
    if not own:
        _drop(nav, lambda page: page not in pages, left_out)
    values: dict[str, object] = {
        "site_name": settings.title,
        "site_description": settings.description,
        "docs_dir": "docs",
        "site_dir": "site",
        "use_directory_urls": True,
        "edit_uri": "",
        "validation": VALIDATION,
        **({"site_url": settings.url.rstrip("/") + "/"} if settings.url else {}),
        **({"repo_url": settings.repository} if settings.repository else {}),
        **({} if _get(tree, "plugins") else {"plugins": []}),
        **({} if _get(tree, "theme") else {"theme": {"name": "material", "font": False}}),
    }
    for name, value in values.items():
        _set(tree, name, _value(value))
    _set(tree, "nav", nav)
    portable = yaml.serialize(tree)
    _make_absolute(tree, site_config)
    digest = key(portable, *_theme_files(site_config))
    return Look(yaml.serialize(tree, allow_unicode=True), dict(_nav_pages(nav)), tuple(left_out), digest)


def _compose(path: Path) -> yaml.MappingNode:
    """The file as a tree of nodes: tags such as `!!python/name` are carried along and never acted on."""
    try:
        text = Guard(SETTINGS_BYTES, "a settings file").lines(path, str(path)) if exists(path) else ""
        tree = yaml.compose(text, yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise InputError(f"This is not valid YAML: {error.problem}.", str(path), line) from error
    if tree is None:
        return yaml.MappingNode("tag:yaml.org,2002:map", [])
    if not isinstance(tree, yaml.MappingNode):
        raise InputError("The site's configuration must be a list of `key: value` pairs.", str(path), 1)
    return tree


def _value(value: object) -> yaml.Node:
    # Block style throughout, so that the text does not depend on how the value was written.
    node: yaml.Node = yaml.compose(yaml.safe_dump(value, allow_unicode=True), yaml.SafeLoader)  # type: ignore[assignment]
    return node


def _get(tree: yaml.MappingNode, name: str) -> yaml.Node | None:
    return next((value for node, value in tree.value if node.value == name), None)


def _set(tree: yaml.MappingNode, name: str, value: yaml.Node) -> None:
    others = [(node, old) for node, old in tree.value if node.value != name]
    tree.value = [*others, (yaml.ScalarNode("tag:yaml.org,2002:str", name), value)]


def _make_absolute(tree: yaml.MappingNode, site_config: Path) -> None:
    """Engines read these two paths relative to the configuration file, and ours lies elsewhere."""
    theme = _get(tree, "theme")
    for holder, name in ((theme, "custom_dir"), (tree, "INHERIT")):
        if isinstance(holder, yaml.MappingNode) and (node := _get(holder, name)) is not None:
            node.value = str((site_config / node.value).resolve())


def _default_nav(pages: Mapping[str, str]) -> list[str]:
    top = [page for page in pages if page.count("/") == 0 or (page.count("/") == 1 and page.endswith("/index.md"))]
    return sorted(top, key=lambda page: (page != "index.md", page))


def _drop(node: yaml.Node, unwanted: Callable[[str], bool], left_out: list[str]) -> bool:
    """Take the entries out whose page is not wanted, with the headings that get empty; whether anything is left."""
    if isinstance(node, yaml.ScalarNode):
        missing = node.value.endswith(".md") and unwanted(node.value)
        left_out += [node.value] if missing else []
        return not missing
    if isinstance(node, yaml.MappingNode):
        node.value = [(name, value) for name, value in node.value if _drop(value, unwanted, left_out)]
    else:
        node.value = [item for item in node.value if _drop(item, unwanted, left_out)]
    return bool(node.value)


def _nav_pages(node: yaml.Node, title: str | None = None) -> Iterator[tuple[str, str | None]]:
    if isinstance(node, yaml.ScalarNode):
        if node.value.endswith(".md"):
            yield node.value, title
    elif isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from _nav_pages(value, name.value)
    else:
        for item in node.value:
            yield from _nav_pages(item)


def _theme_files(site_config: Path) -> Iterator[str | bytes]:
    for path in sorted(site_config.rglob("*")):
        name = path.relative_to(site_config).as_posix()
        if path.is_file() and name not in NOT_THE_LOOK and name != FILE and not name.startswith("."):
            yield name
            yield Guard(ATTACHMENT_BYTES, "a file of the site's look").read(path, name)
