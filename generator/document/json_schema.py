"""The JSON Schema of a document's front matter, generated from its declaration."""

from collections.abc import Mapping

from generator.document.schema import FIELDS, ID, LINK_KEYS, Kind


def front_matter(severities: tuple[str, ...] = ()) -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of the front matter, for editors and other tools."""
    properties: dict[str, object] = {}
    for field in FIELDS:
        shape = dict(_SHAPES[field.kind])
        if field.choices:
            shape["enum"] = [str(choice) for choice in field.choices]
        if field.name == "severity" and severities:
            shape["enum"] = list(severities)
        if field.default:
            shape["default"] = field.default
        properties[field.name] = {"description": field.doc, **shape}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Postmortem front matter",
        "type": "object",
        "required": [field.name for field in FIELDS if field.required],
        "properties": properties,
        "patternProperties": {"^x-": {"description": "A key of your own."}},
        "additionalProperties": False,
    }


_NAMES_SHAPE: dict[str, object] = {"type": "array", "items": {"type": "string", "minLength": 1}}
_SHAPES: Mapping[Kind, dict[str, object]] = {
    Kind.TEXT: {"type": "string"},
    Kind.ID: {"type": "string", "pattern": f"^{ID.pattern}$", "maxLength": 64},
    Kind.MOMENT: {"type": "string", "format": "date-time"},
    Kind.DAY: {"type": "string", "format": "date"},
    Kind.CHOICE: {"type": "string"},
    Kind.NAMES: _NAMES_SHAPE,
    Kind.FLAG: {"type": "boolean"},
    Kind.LINKS: {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["targetId"],
            "properties": {key: {"type": "string"} for key in LINK_KEYS},
            "additionalProperties": False,
        },
    },
}
