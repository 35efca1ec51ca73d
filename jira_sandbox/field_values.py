"""The values of fields: checked and taken in with Jira's own complaints, and given back in its shapes."""

from collections.abc import Callable
from typing import Any

from jira_sandbox import adf, project_values, rewriting
from jira_sandbox.clock import day_of, moment_of, stamp_of
from jira_sandbox.exchange import Json
from jira_sandbox.fields import is_rich, option_of, option_shown
from jira_sandbox.people import user_of
from jira_sandbox.site import Site, identifier

ADF_WANTED = "Operation value must be an Atlassian Document (see the Atlassian Document Format)"


# type of a field or of its items → (the kind of document that its values are ids of, what is that document's name)
NAMED_BY = {
    **{kind: (kind, "name") for kind in ("priority", "resolution", "status", "issuetype", *project_values.LISTS)},
    **dict.fromkeys(project_values.EPIC_LINKS, ("issue", "key")),
    "project": ("project", "key"),
}


class WrongValueError(Exception):
    """A value that a field does not take; the text is Jira's. `general` complaints name no field."""

    def __init__(self, text: str, *, general: bool = False, reason: str = "") -> None:
        super().__init__(text)
        self.text, self.general, self.reason = text, general, reason


def taken(site: Site, field: Json, value: Any, *, project: Json, user: Json | None = None) -> Any:
    """The value as it is kept for an issue of `project`, as `user` gives it. Raises `WrongValueError`."""
    if value is None and field["id"] != "summary":
        return [] if field["type"] == "array" else None
    if is_rich(field):
        return rich_text(site, value)
    kind = field["items"] or field["type"]
    read = _of_project(project, user, kind) or _READERS.get(kind)
    if read is None:
        raise WrongValueError(f"Field '{field['id']}' cannot be set. It is not on the appropriate screen, or unknown.")
    if field["type"] != "array":
        return read(site, field, value)
    if not isinstance(value, list):
        raise WrongValueError("data was not an array")
    return list(dict.fromkeys(read(site, field, one) for one in value))


def _of_project(project: Json, user: Json | None, kind: str) -> Callable[[Site, Json, Any], str] | None:
    """How a value is read that only the project can say the meaning of."""

    def read(site: Site, field: Json, value: Any) -> str:
        try:
            if kind == "priority":
                name = _named("priority")(site, field, value)
                project_values.check_priority(site, project, name)
                return name
            if kind in project_values.EPIC_LINKS:
                return project_values.epic_of(site, user, project, field, value)
            return project_values.entry_of(site, project, kind, value)
        except project_values.ForeignValueError as foreign:
            raise WrongValueError(foreign.text, general=foreign.general, reason=field["id"]) from None

    return read if kind in {"priority", *project_values.EPIC_LINKS, *project_values.LISTS} else None


def shown(site: Site, field: Json, value: Any) -> Any:
    """The value as the API gives it."""
    if field["type"] == "array":
        return [_shown(site, field, field["items"], one) for one in value or []] if value or not field["kind"] else None
    return None if value is None else _shown(site, field, field["type"], value)


def words(site: Site, field: Json, value: Any) -> tuple[str | None, str | None]:
    """The value as history gives it: an id where it has one, and text."""
    if value is None or value == []:
        return None, "" if field["id"] == "labels" else None
    if is_rich(field):
        return None, adf.text_of(value)
    kind = field["items"] or field["type"]
    several = value if isinstance(value, list) else [value]
    if kind == "user":
        users = [site.of("user", one) for one in several]
        names = [one["accountId" if site.cloud else "key"] for one in users]
        return ", ".join(names), ", ".join(one["displayName"] for one in users)
    if kind in NAMED_BY:
        document, name = NAMED_BY[kind]
        return ", ".join(several), ", ".join(site.of(document, one)[name] for one in several)
    if kind in {"option", "option-with-child"}:
        texts = [option["value"] for one in several if (option := option_of(field, one))]
        return ", ".join(several), ", ".join(texts)
    if kind == "date":
        return value, f"{value} 00:00:00.0"
    return None, " ".join(str(one) for one in several)


def rich_text(site: Site, value: Any) -> Any:
    """Rich text, checked, as this Jira would keep it. Raises `WrongValueError`."""
    if site.cloud:
        if not isinstance(value, dict) or value.get("type") != "doc":
            raise WrongValueError(ADF_WANTED)
        if fault := adf.fault(value):
            raise WrongValueError("INVALID_INPUT", general=True, reason=fault)
        if adf.size(value) > site.text_limit:
            raise WrongValueError("CONTENT_LIMIT_EXCEEDED", general=True)
        value = rewriting.document(value) if site.normalises else value
        return adf.with_ids(value, identifier) if site.rewrites else value
    if not isinstance(value, str):
        raise WrongValueError("Operation value must be a string")
    if utf16(value) > site.text_limit:
        raise WrongValueError(
            f"The entered text is too long. It exceeds the allowed limit of {site.text_limit:,} characters."
        )
    value = rewriting.wiki(value) if site.normalises else value
    return value.replace("\r\n", "\n").replace("\n", "\r\n") if site.rewrites else value


def utf16(text: str) -> int:
    """How long Java thinks a text is."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _text(site: Site, field: Json, value: Any) -> str:
    if not isinstance(value, str):
        if field["id"] == "summary" and value is None:
            raise WrongValueError("You must specify a summary of the issue.")
        raise WrongValueError("Operation value must be a string")
    if field["id"] == "summary":
        if not value.strip():
            raise WrongValueError("You must specify a summary of the issue.")
        if "\n" in value or "\r" in value:
            raise WrongValueError("The summary is invalid because it contains newline characters.")
        if utf16(value) > 255:
            text = "Summary can't exceed 255 characters." if site.cloud else "Summary must be less than 255 characters."
            raise WrongValueError(text)
        return value.strip()
    if utf16(value) > 255:
        raise WrongValueError("The entered text is too long. It exceeds the allowed limit of 255 characters.")
    if field["kind"] == "url" and not value.startswith(("http://", "https://")):
        raise WrongValueError("The URL specified is not valid.")
    return value


def _number(_site: Site, _field: Json, value: Any) -> float | int:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise WrongValueError("Operation value must be a number")
    return value


def _date(_site: Site, _field: Json, value: Any) -> str:
    if not isinstance(value, str):
        raise WrongValueError("Operation value must be a string")
    try:
        return day_of(value)
    except ValueError:
        raise WrongValueError(f"Error parsing date string: {value}") from None


def _datetime(_site: Site, _field: Json, value: Any) -> str:
    if not isinstance(value, str) or "T" not in value:
        raise WrongValueError(f"Error parsing time: {value}")
    try:
        return stamp_of(moment_of(value))
    except ValueError:
        raise WrongValueError(f"Error parsing time: {value}") from None


def _label(_site: Site, field: Json, value: Any) -> str:
    if not isinstance(value, str):
        raise WrongValueError("string expected")
    if field["kind"] == "labels" or field["id"] == "labels":
        if not value or any(letter.isspace() for letter in value):
            raise WrongValueError(f"The label '{value}' contains spaces which is invalid.")
        if utf16(value) > 255:
            raise WrongValueError(f"The label '{value}' is too long. It exceeds the allowed limit of 255 characters.")
    return value


def _user(site: Site, field: Json, value: Any) -> str | None:
    word = "accountId" if site.cloud else "name"
    if not isinstance(value, dict) or word not in value:
        raise WrongValueError("expected Object containing a " + ("'accountId' property" if site.cloud else "name"))
    name = value[word]
    if name is None or (name in {"-1", ""} and field["id"] == "assignee"):
        return None
    user = site.person(name)
    if user is None:
        raise WrongValueError(f"User '{name}' does not exist.")
    if field["id"] == "assignee" and not (user["active"] and user["assignable"]):
        raise WrongValueError(f"User '{name}' cannot be assigned issues.")
    found: str = user["id"]
    return found


def _named(kind: str) -> Callable[[Site, Json, Any], str]:
    def read(site: Site, field: Json, value: Any) -> str:
        if not isinstance(value, dict) or not ({"id", "name"} & value.keys()):
            raise WrongValueError(f"Specify a valid 'id' or 'name' for {field['name']}")
        if "id" in value:
            found = site.store.get(kind, str(value["id"]))
        else:
            found = site.by(kind, value["name"])
        if found is None:
            given = f"id '{value['id']}'" if "id" in value else f"name '{value['name']}'"
            raise WrongValueError(f"{field['name']} {given} is not valid")
        name: str = found["id"]
        return name

    return read


def _option(_site: Site, field: Json, value: Any, options: list[Json] | None = None) -> str:
    if not isinstance(value, dict) or not ({"id", "value"} & value.keys()):
        raise WrongValueError("Specify a valid 'id' or 'name' for " + field["name"])
    word = "id" if "id" in value else "value"
    for option in field["options"] if options is None else options:
        if option[word] == value[word]:
            found: str = option["id"]
            return found
    raise WrongValueError(f"Option {word} '{value[word]}' is not valid")


def _cascade(site: Site, field: Json, value: Any) -> str:
    try:
        parent = _option(site, field, value)
    except WrongValueError:
        raise WrongValueError("Could not find valid 'id' or 'value' in the Parent Option object.") from None
    child = value.get("child")
    if child is None:
        return parent
    children = next(option["children"] for option in field["options"] if option["id"] == parent)
    return _option(site, field, child, children)


_READERS: dict[str, Callable[[Site, Json, Any], Any]] = {
    "string": lambda site, field, value: (_label if field["type"] == "array" else _text)(site, field, value),
    "number": _number,
    "date": _date,
    "datetime": _datetime,
    "user": _user,
    "option": _option,
    "option-with-child": _cascade,
    "resolution": _named("resolution"),
}


def _shown(site: Site, field: Json, kind: str, value: Any) -> Any:
    if kind == "user":
        return user_of(site, value)
    if kind == "datetime":
        return site.shown(value)
    if kind in project_values.LISTS:
        return project_values.entry_shown(site, kind, value)
    if kind == "any":
        return site.of("issue", value)["key"]
    if kind == "option":
        option = option_of(field, value)
        return option and option_shown(site, option)
    if kind == "option-with-child":
        for option in field["options"]:
            if option["id"] == value:
                return option_shown(site, option)
            for child in option["children"]:
                if child["id"] == value:
                    return {**option_shown(site, option), "child": option_shown(site, child)}
        return None
    return value
