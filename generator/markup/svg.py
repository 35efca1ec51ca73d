"""Drawings that may be published: an SVG written anew with what draws alone, from a strict reading of its XML."""

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from generator.markup import svg_rules

_SVG, _XLINK, _XML = (
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/XML/1998/namespace",
)
_PICTURES = frozenset({"image", "feImage"})


class _RefusedError(ValueError):
    """Well-formed, and still no drawing that can be cleaned."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A clean SVG as UTF-8, and the names of what was left out because it runs or comes from elsewhere."""

    data: bytes
    removed: tuple[str, ...] = ()


def drawing(data: bytes, raster: Callable[[bytes], bytes]) -> Drawing:
    """The part of an SVG that draws; pictures written into it go through `raster`, which raises ValueError for bad ones.

    Raises ValueError, with why as the end of a sentence, for what is no well-formed SVG or declares entities.
    """
    writer = _Writer(raster)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _doctype
    parser.SkippedEntityHandler = _entity
    parser.StartElementHandler, parser.EndElementHandler = writer.start, writer.end
    parser.CharacterDataHandler = writer.text
    try:
        parser.Parse(data, True)
    except _RefusedError:
        raise
    except (expat.ExpatError, LookupError, ValueError) as error:  # the last two for encodings that there are not
        reason = "is no well-formed XML"
        raise ValueError(reason) from error
    return Drawing("".join(writer.pieces).encode("utf-8"), tuple(sorted(writer.removed)))


def _doctype(_name: str, _system: str | None, _public: str | None, internal: int) -> None:
    """A DOCTYPE that only names SVG's is left out; one that declares something could make text of any kind."""
    if internal:
        raise _RefusedError("declares entities of its own")


def _entity(_name: str, _parameter: bool) -> None:
    raise _RefusedError("names an entity that nobody declares")


@dataclass(slots=True)
class _Writer:
    """Takes the events of a parser; `skipped` counts the open elements of a part that is left out."""

    raster: Callable[[bytes], bytes]
    pieces: list[str] = field(default_factory=list)
    removed: set[str] = field(default_factory=set)
    skipped: int = 0
    depth: int = 0
    style: list[str] | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        if not self.depth and (space, tag) != (_SVG, "svg"):
            raise _RefusedError("is no SVG drawing")
        if self.skipped or not self._allowed(space, tag, attributes):
            self.skipped += 1
            return
        self.depth += 1
        opening = ' xmlns="http://www.w3.org/2000/svg"' if self.depth == 1 else ""
        for key, value in self._attributes(tag, attributes).items():
            opening += f" {key}={quoteattr(value)}"
        self.pieces.append(f"<{tag}{opening}>")
        self.style = [] if tag == "style" else None

    def end(self, name: str) -> None:
        if self.skipped:
            self.skipped -= 1
            return
        self.depth -= 1
        if self.style is not None:
            text = "".join(self.style)
            if svg_rules.leads_elsewhere(text):
                self.removed.add("a style that loads something from elsewhere")
            else:
                self.pieces.append(escape(text))
            self.style = None
        self.pieces.append(f"</{name.rpartition(' ')[2]}>")

    def text(self, text: str) -> None:
        if self.skipped:
            return
        if self.style is not None:
            self.style.append(text)
        else:
            self.pieces.append(escape(text))

    def _allowed(self, space: str, tag: str, attributes: Mapping[str, str]) -> bool:
        if self.style is not None:  # an element in a style belongs to no style
            return False
        if space == _SVG and tag in svg_rules.ELEMENTS:
            if tag not in svg_rules.ANIMATIONS or tag == "animateMotion":
                return True
            if attributes.get("attributeName", "") in svg_rules.ANIMATED:
                return True
            self.removed.add(f"<{tag}> of {attributes.get('attributeName', '')[:40] or 'nothing'}")
        elif tag not in svg_rules.NOTES and (space == _SVG or "xhtml" in space):
            self.removed.add(f"<{tag[:40]}>")
        return False

    def _attributes(self, tag: str, attributes: Mapping[str, str]) -> dict[str, str]:
        kept: dict[str, str] = {}
        for name, value in attributes.items():
            space, _, key = name.rpartition(" ")
            if key == "href" and space in {"", _XLINK}:
                if (target := self._target(tag, value)) is not None:
                    kept.setdefault("href", target)
            elif space == _XML and key in {"space", "lang"}:
                kept[f"xml:{key}"] = value
            elif not space and key in svg_rules.ATTRIBUTES:
                if svg_rules.leads_elsewhere(value):
                    self.removed.add(f"{key} that loads something from elsewhere")
                else:
                    kept[key] = value
            elif not space and key.casefold().startswith("on"):
                self.removed.add(key[:40])
        return kept

    def _target(self, tag: str, value: str) -> str | None:
        """A reference as it may stand, or None: within the drawing, a link to the web, or a picture written into it."""
        allowed = svg_rules.LINKED if tag == "a" else svg_rules.LOCAL
        if allowed.match(value):
            return value
        if tag in _PICTURES and (embedded := svg_rules.RASTER.match(value)):
            try:
                data = self.raster(base64.b64decode(embedded[2], validate=False))
            except (ValueError, binascii.Error):
                self.removed.add("a picture in it that cannot be read")
                return None
            return f"data:{embedded[1].lower()};base64,{base64.b64encode(data).decode()}"
        self.removed.add(f"<{tag}> that leads elsewhere")
        return None
