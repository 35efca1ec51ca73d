"""The front matter of a staged page: what the engine and the theme need to know of it."""

from collections.abc import Mapping

from generator.markup.yaml import quoted
from generator.site.pages.html import legal


def front_matter(values: Mapping[str, object]) -> str:
    """The values as YAML; texts are always quoted, so that none is taken for anything else."""
    lines = [f"{name}: {_value(value)}\n" for name, value in values.items() if value not in ("", None)]
    return f"---\n{''.join(lines)}---\n\n"


def unlisted(page: str) -> str:
    """The staged page with a word to search engines that they are not to list it."""
    word = 'robots: "noindex"\n'
    return f"---\n{word}{page[4:]}" if page.startswith("---\n") else f"---\n{word}---\n\n{page}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return quoted(" ".join(legal(str(value)).split()), '"')
