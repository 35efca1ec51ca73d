"""Templates: Jinja2 in a sandbox, with every mistake named by template and line."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import TracebackType

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.document import field_values, front_matter
from generator.draft.variables import TemplateVariables
from generator.errors import PostmortemError, UsageError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_SPOKEN = (
    (re.compile(r"\{\{-?\s*incident\s+type\s*-?\}\}", re.IGNORECASE), "{{ incident.type }}"),
    (re.compile(r"\{\{-?\s*quarter\s*-?\}\}", re.IGNORECASE), "{{ incident.quarter }}"),
)
# What an expression may fail with while it runs; anything else is a bug of ours.
_FAILURES = (
    jinja2.TemplateError,
    ArithmeticError,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    RecursionError,
    MemoryError,
)


@dataclass(frozen=True, slots=True)
class Template:
    """A template's text without its front matter, and the `values` of that; `path` is how messages name it.

    `body` begins with as many empty lines as the front matter had, so that line numbers are those of the file.
    """

    path: str
    body: str
    values: Mapping[str, object] = field(default_factory=dict)


def checked_name(name: str) -> str:
    """The template's name, if it can be one; raises `UsageError` for anything that could be a path."""
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} cannot be the name of a template; use letters, digits, - and _, such as outage.")
    return name


def read_template(text: str, path: str) -> Template:
    """Split a template into its front matter and body; raises `PostmortemError` where the front matter is wrong."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if not text.startswith("---\n"):
        return Template(path, text)
    front = front_matter.read(text)
    _, faults = field_values.typed(front)
    for fault in faults:
        if fault.rule != "schema-required":
            raise PostmortemError(f"{path}:{fault.line}: {fault.message} {fault.hint}".rstrip())
    for key in ("id", "title", "status"):
        if key in front.values:
            raise PostmortemError(f"{path}:{front.lines[key]}: a template cannot set `{key}`; every draft has its own.")
    return Template(path, "\n" * (front.body_line - 1) + text[front.body :], front.values)


def fill(template: Template, incident: TemplateVariables, metrics: Mapping[str, str]) -> str:
    """The template with its variables filled in; raises `PostmortemError` naming template and line."""
    environment = _environment()
    source = template.body
    for pattern, variable in _SPOKEN:
        source = pattern.sub(variable, source)
    try:
        code = environment.compile(source, name=template.path, filename=template.path)
        compiled = environment.template_class.from_code(environment, code, environment.make_globals(None))
        filled: str = compiled.render(incident=incident, metrics=metrics)
    except jinja2.TemplateSyntaxError as error:
        raise PostmortemError(f"{template.path}:{error.lineno}: {error.message}") from None
    except _FAILURES as error:
        line = _line(error.__traceback__, template.path)
        raise PostmortemError(f"{template.path}:{line}: {_sentence(error)}") from None
    return filled.strip("\n")


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # it writes Markdown, and the values come already escaped for that
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # The same incident gives the same bytes: nothing that rolls dice.
    environment.globals.pop("lipsum", None)
    environment.filters.pop("random", None)
    return environment


def _line(traceback: TracebackType | None, path: str) -> int:
    line = 0
    while traceback:
        if traceback.tb_frame.f_code.co_filename == path:
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line


def _sentence(error: Exception) -> str:
    message = str(error)
    if isinstance(error, jinja2.exceptions.SecurityError):
        return f"this is not allowed in a template: {message}"
    if isinstance(error, OverflowError):
        return f"this is too much for a template: {message}"
    if isinstance(error, jinja2.UndefinedError):
        return _unknown(message)
    return f"the template cannot be filled in: {message or type(error).__name__}"


def _unknown(message: str) -> str:
    wanted = re.search(r"(?:has no attribute '|^')(\w+)'", message)
    if not wanted:
        return message
    known = {variable.name: f"incident.{variable.name}" for variable in fields(TemplateVariables)}
    known |= {"errorRate": "metrics.errorRate", "latency": "metrics.latency"}
    close = difflib.get_close_matches(wanted.group(1), known, n=1, cutoff=0.5)
    some = ", ".join(f"`{name}`" for name in [*list(known.values())[:10], "metrics.errorRate", "metrics.latency"])
    hint = f"Did you mean `{known[close[0]]}`?" if close else f"There are {some} and others."
    return f"`{wanted.group(1)}` is not a variable that templates have. {hint}"
