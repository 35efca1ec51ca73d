"""The few expressions of workflows that ours use, worked out as GitHub does."""

import re
from collections.abc import Mapping

_TOKEN = re.compile(r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<name>[A-Za-z_][\w.-]*)|(?P<sign>\|\||&&|==|!=|[!(),]))")
_WHOLE = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)


def filled(text: object, context: Mapping) -> str:
    """A value of a workflow with its expressions worked out."""
    return _WHOLE.sub(lambda found: shown(value(found[1], context)), str(text))


def holds(text: object, context: Mapping) -> bool:
    """Whether a condition is true."""
    words = str(text).strip()
    return bool(value(words.removeprefix("${{").removesuffix("}}"), context))


def shown(found: object) -> str:
    """A value as text."""
    return "" if found is None else str(found).lower() if isinstance(found, bool) else str(found)


def value(text: str, context: Mapping) -> object:
    """The value of an expression; what nobody knows is null, as at GitHub."""
    tokens, position = [], 0
    while position < len(text.rstrip()):
        found = _TOKEN.match(text, position)
        assert found, f"unknown in an expression: {text[position:]!r}"
        tokens.append(found)
        position = found.end()
    reader = _Reader(tokens, context)
    result = reader.either()
    assert reader.at == len(tokens), f"not understood to its end: {text!r}"
    return result


class _Reader:
    def __init__(self, tokens: list, context: Mapping) -> None:
        self.tokens, self.context, self.at = tokens, context, 0

    def take(self, sign: str) -> bool:
        if self.at < len(self.tokens) and self.tokens[self.at]["sign"] == sign:
            self.at += 1
            return True
        return False

    def either(self) -> object:
        found = self.both()
        while self.take("||"):
            other = self.both()
            found = found or other
        return found

    def both(self) -> object:
        found = self.same()
        while self.take("&&"):
            other = self.same()
            found = found and other
        return found

    def same(self) -> object:
        found = self.one()
        while True:
            if self.take("=="):
                found = _loose(found) == _loose(self.one())
            elif self.take("!="):
                found = _loose(found) != _loose(self.one())
            else:
                return found

    def one(self) -> object:
        if self.take("!"):
            return not self.one()
        if self.take("("):
            found = self.either()
            assert self.take(")")
            return found
        token = self.tokens[self.at]
        self.at += 1
        if token["text"]:
            return token["text"][1:-1].replace("''", "'")
        if self.take("("):
            arguments = []
            while not self.take(")"):
                arguments.append(self.either())
                self.take(",")
            return self.call(token["name"], arguments)
        found: object = self.context
        for part in token["name"].split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
        return found

    def call(self, name: str, arguments: list) -> object:
        if name == "cancelled":
            return False
        assert name == "contains", f"unknown function {name}"
        return shown(arguments[1]).casefold() in shown(arguments[0]).casefold()


def _loose(found: object) -> object:
    """Null equals the empty text, and case makes no difference."""
    return shown(found).casefold()
