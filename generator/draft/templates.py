"""The templates that drafts are made from: an archive's own win over the built-in ones."""

from pathlib import Path

from generator.document.file_names import slug
from generator.draft.templating import Template, checked_name, read_template
from generator.errors import UsageError
from generator.settings.load import data


def find(root: Path, name: str | None, kind: str, otherwise: str) -> Template:
    """The template of this name, else of the incident's kind, else the default."""
    folders = (root / "templates", data("templates"))
    known = {file.name.removesuffix(".md.j2"): file for folder in reversed(folders) for file in folder.glob("*.md.j2")}
    wanted = checked_name(name) if name else slug(kind) if slug(kind) in known else otherwise
    if wanted not in known:
        raise UsageError(f"There is no template {wanted!r}. There are: {', '.join(sorted(known))}.")
    try:
        return read_template(known[wanted].read_text(encoding="utf-8"), f"templates/{known[wanted].name}")
    except (UnicodeDecodeError, OSError):
        raise UsageError(f"templates/{known[wanted].name}: the template cannot be read; save it as UTF-8.") from None
