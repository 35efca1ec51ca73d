"""How a setting is declared: once, with its default, its sentence for the docs, and the variable that overrides it."""

from dataclasses import field
from typing import Any


def setting(doc: str, default: Any = "", env: str = "") -> Any:
    """A field of a settings dataclass; its own annotation says the type."""
    about = {"doc": doc, "env": env}
    if isinstance(default, dict):
        return field(default_factory=lambda: dict(default), metadata=about)
    return field(default=default, metadata=about)
