"""JQL read into a tree: words, operators, lists and functions, with Jira's complaints about what is none."""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["word", "text", "operator", "open", "close", "comma", "end"]
RESERVED = set("+.;?|*/%^$#@[]{}\\`&")
_TOKEN = re.compile(
    r"""\s*(?:
    (?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    |(?P<operator>!=|!~|<=|>=|&&|\|\||[=~<>!])
    |(?P<open>\()|(?P<close>\))|(?P<comma>,)
    |(?P<word>cf\[\d+\]|[^\s"'=~<>!(),]+)
    )""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r"}
KEYWORDS = {"and", "or", "not", "in", "is", "was", "empty", "null", "order", "by", "asc", "desc", "changed"}


class JqlError(Exception):
    """A query that Jira does not take; the text is Jira's."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query; a `text` was quoted and is never a keyword. `at` is its place, from 1."""

    kind: Kind
    text: str
    at: int

    def word(self) -> str:
        """The keyword that this may be, in lower case."""
        return self.text.lower() if self.kind in {"word", "operator"} else ""


@dataclass(frozen=True, slots=True)
class Call:
    """A function and its arguments."""

    name: str
    arguments: tuple[str, ...]


class Empty:
    """`EMPTY` or `NULL`."""


Operand = str | Call | Empty


@dataclass(frozen=True, slots=True)
class Clause:
    """A field, an operator (`in` and `not in` have several operands) and what it is compared with."""

    field: str
    operator: str
    operands: tuple[Operand, ...]


@dataclass(frozen=True, slots=True)
class Both:
    """All parts must hold (`every`), or one of them."""

    every: bool
    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """The part must not hold."""

    part: "Node"


Node = Clause | Both | Not


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for, or None for everything, and in which order: fields, and whether upwards."""

    where: Node | None
    order: tuple[tuple[str, bool], ...] = ()


def parse(text: str) -> Query:
    """Read a query. Raises `JqlError`."""
    return _Parser(tokens(text)).query()


def tokens(text: str) -> list[Token]:
    """The pieces of a query, with an `end`. Raises `JqlError`."""
    found: list[Token] = []
    place = 0
    text = text.rstrip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            at = place + len(text[place:]) - len(text[place:].lstrip()) + 1
            raise JqlError(
                f"Error in the JQL Query: The quoted string '{text[at:]}' has not been completed. (line 1, character {at})."
            )
        name, piece, at = match.lastgroup, match.group(match.lastgroup), match.start(match.lastgroup) + 1
        if name == "text":
            found.append(Token("text", _unquoted(piece[1:-1], at), at))
        elif name == "word":
            found.append(_word(piece, at))
        else:
            kind: Kind = (
                "open" if name == "open" else "close" if name == "close" else "comma" if name == "comma" else "operator"
            )
            found.append(Token(kind, {"&&": "and", "||": "or", "!": "not"}.get(piece, piece), at))
        place = match.end()
    return [*found, Token("end", "", len(text) + 1)]


def _word(piece: str, at: int) -> Token:
    if not re.fullmatch(r"cf\[\d+\]", piece, re.IGNORECASE):
        for offset, letter in enumerate(piece):
            if letter in RESERVED:
                raise JqlError(
                    f"Error in the JQL Query: The character '{letter}' is a reserved JQL character. You must enclose it in a "
                    f"string or use the escape '\\u{ord(letter):04x}' instead. (line 1, character {at + offset})"
                )
    return Token("word", piece, at)


def _unquoted(text: str, at: int) -> str:
    def replace(match: re.Match[str]) -> str:
        code, letter = match.groups()
        if code:
            return chr(int(code, 16))
        if letter in "\"'\\ ":
            return str(letter)
        if letter in _LETTERS:
            return _LETTERS[letter]
        raise JqlError(
            f"Error in the JQL Query: '\\{letter}' is an illegal JQL escape sequence. The valid escape sequences are "
            f"\\', \\\", \\t, \\n, \\r, '\\\\', '\\ ' and \\uXXXX. (line 1, character {at})"
        )

    return _ESCAPE.sub(replace, text)


class _Parser:
    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._place = 0

    @property
    def _next(self) -> Token:
        return self._tokens[self._place]

    def _at(self, kind: Kind) -> bool:
        return self._tokens[self._place].kind == kind

    def _take(self) -> Token:
        token = self._next
        self._place += token.kind != "end"
        return token

    def _accept(self, *words: str) -> bool:
        if self._next.word() in words:
            self._take()
            return True
        return False

    def query(self) -> Query:
        where = None if self._at("end") or self._next.word() == "order" else self._any()
        order: list[tuple[str, bool]] = []
        if self._accept("order"):
            if not self._accept("by"):
                raise self._wrong("by")
            while True:
                field = self._name()
                down = self._next.word() == "desc"
                self._accept("asc", "desc")
                order.append((field, not down))
                if not self._at("comma"):
                    break
                self._take()
        if not self._at("end"):
            raise self._wrong("either 'OR' or 'AND'")
        return Query(where, tuple(order))

    def _any(self) -> Node:
        parts = [self._every()]
        while self._accept("or"):
            parts.append(self._every())
        return parts[0] if len(parts) == 1 else Both(False, tuple(parts))

    def _every(self) -> Node:
        parts = [self._single()]
        while self._accept("and"):
            parts.append(self._single())
        return parts[0] if len(parts) == 1 else Both(True, tuple(parts))

    def _single(self) -> Node:
        if self._accept("not"):
            return Not(self._single())
        if self._at("open"):
            self._take()
            node = self._any()
            if self._take().kind != "close":
                raise self._wrong("')'")
            return node
        return self._clause()

    def _clause(self) -> Clause:
        field = self._name()
        operator = self._take()
        word = operator.word()
        if word == "not" and self._accept("in"):
            return Clause(field, "not in", self._list())
        if word == "in":
            return Clause(field, "in", self._list())
        if word == "is":
            negative = self._accept("not")
            if self._next.word() not in {"empty", "null"}:
                raise self._wrong("'EMPTY' or 'NULL'")
            self._take()
            return Clause(field, "!=" if negative else "=", (Empty(),))
        if operator.kind != "operator" or word in {"and", "or", "not"}:
            self._place -= operator.kind != "end"
            raise self._wrong("an operator such as '=', '!=', '<', '>', 'in' or 'is'")
        return Clause(field, word, (self._operand(),))

    def _name(self) -> str:
        token = self._take()
        if token.kind not in {"word", "text"} or (token.kind == "word" and token.word() in KEYWORDS):
            self._place -= token.kind != "end"
            raise self._wrong("a field name")
        return token.text

    def _list(self) -> tuple[Operand, ...]:
        if not self._at("open"):
            operand = self._operand()
            if isinstance(operand, Call):
                return (operand,)
            raise self._wrong("'('")
        self._take()
        operands = [self._operand()]
        while self._at("comma"):
            self._take()
            operands.append(self._operand())
        if not self._at("close"):
            raise self._wrong("')' or ','")
        self._take()
        return tuple(operands)

    def _operand(self) -> Operand:
        token = self._take()
        if token.kind not in {"word", "text"} or (token.word() in KEYWORDS - {"empty", "null"}):
            self._place -= token.kind != "end"
            raise self._wrong("a value, list or function")
        if token.word() in {"empty", "null"}:
            return Empty()
        if not self._at("open"):
            return token.text
        self._take()
        arguments: list[str] = []
        while self._next.kind in {"word", "text"}:
            arguments.append(self._take().text)
            if self._at("comma"):
                self._take()
        if self._take().kind != "close":
            raise self._wrong("')'")
        return Call(token.text, tuple(arguments))

    def _wrong(self, wanted: str) -> JqlError:
        token = self._next
        found = "the end of the query" if token.kind == "end" else f"'{token.text}'"
        return JqlError(f"Error in the JQL Query: Expecting {wanted} but got {found}. (line 1, character {token.at}).")
