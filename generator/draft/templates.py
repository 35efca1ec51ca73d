"""The templates that drafts are made from: an archive's own win over the built-in ones."""

from pathlib import Path

from generator.document.file_names import slug
from generator.draft.templating import Template, checked_name, read_template
from generator.errors import InputError, UsageError
from generator.regular_files import SETTINGS_BYTES, Guard
from generator.settings.load import data


def find(root: Path, name: str | None, kind: str, otherwise: str) -> Template:
    """The template of this name, else of the incident's kind, else the default."""
    folders = (root / "templates", data("templates"))
    known = {file.name.removesuffix(".md.j2"): file for folder in reversed(folders) for file in folder.glob("*.md.j2")}
    wanted = checked_name(name) if name else slug(kind) if slug(kind) in known else otherwise
    if wanted not in known:
        raise UsageError(f"There is no template {wanted!r}. There are: {', '.join(sorted(known))}.")
    file = known[wanted]
    name_of = f"templates/{file.name}"
    own = root if file.is_relative_to(root) else None
    try:
        return read_template(Guard(SETTINGS_BYTES, "a template", own).lines(file, name_of), name_of)
    except InputError as error:
        raise UsageError(f"{error} The template was not used.") from None
