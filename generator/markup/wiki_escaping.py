r"""Plain text as Jira wiki markup that shows exactly that text.

A backslash takes the meaning from punctuation, but only where no other backslash stands before it, and never from
letters; there U+2060 (a word joiner, which nobody sees) tears apart what would be markup. Within `*bold*` and its like
the new editor's parser takes the backslashes away before it reads the text once more, so a joiner stands before each.
"""

import re

JOINER = "\u2060"

_BEFORE_BACKSLASH = frozenset("-#*_+?^~|%{}[]()!@\\\n")
_START = re.compile(r"[ \t]*(?:(?P<word>h[1-6]\.|bq\.)|(?P<mark>[-#])(?=[\s#*-]|$))")
# What Jira's wiki renderer would take for markup where it stands, by the way in which each is taken from it.
_SPECIAL = re.compile(
    r"""
      (?P<slash>  \\ )
    | (?P<macro>  \{ (?=adf|anchor|code|quote|noformat|panel|color|loremipsum) )
    | (?P<scheme> (?:https?|ftps?|irc|mailto|file|jamfselfservice) (?=:\S) )
    | (?P<face>   [:;] (?=-?[()DPp]) )
    | (?P<sign>   \( (?=(?:y|n|i|/|x|!|\+|-|\?|on|off|\*[yrgb]?|flag|flagoff)\)) )
    | (?P<entity> & (?=\#?[A-Za-z0-9]{1,32};) )
    | (?P<cite>   \?\?+ )
    | (?P<dashes> --+ )
    | (?P<between> (?<=[A-Za-z0-9]) [*_+-] (?=[A-Za-z0-9]) )
    | (?P<lone>   (?<=\s) [-+] (?=\s) | (?<=[A-Za-z0-9]) ! (?=[\s.,]) )
    | (?P<mark>   [*_+^~!|{}\[\]-] )
    """,
    re.VERBOSE | re.IGNORECASE,
)


def escape(text: str, *, nested: bool = False) -> str:
    """`text`, one line, as markup that reads the same wherever in a line it stands; `nested` within a mark."""
    shield = JOINER if nested else ""
    found = _SPECIAL.sub(lambda special: _escaped(special, shield), text)
    start = _START.match(found)
    if start and start["word"]:
        found = f"{found[: start.start('word')]}{JOINER}{found[start.start('word') :]}"
    elif start:
        found = f"{found[: start.start('mark')]}{shield}\\{found[start.start('mark') :]}"
    return found


def _escaped(special: re.Match[str], shield: str) -> str:
    text, kind = special.group(), special.lastgroup
    match kind:
        case "slash":
            after = special.string[special.end() : special.end() + 1]
            return f"\\{JOINER}" if not after or after in _BEFORE_BACKSLASH else "\\"
        case "macro":
            return f"{shield}\\{{{JOINER}"
        case "scheme" | "face" | "entity":
            return f"{text}{JOINER}"
        case "sign":
            return f"{shield}\\({JOINER}" if shield else "\\("
        case "between":
            return text
        case "lone" if not shield:  # within a mark it might end that
            return text
        case _:
            return "".join(f"{shield}\\{character}" for character in text) + (shield if text in "[{" else "")


def url(address: str) -> str:
    """An address as the target of a link: nothing in it ends the link or divides it."""
    return re.sub(
        r"[\s|\[\]{}\\^!]", lambda found: f"%{ord(found.group()):02X}" if found.group().isascii() else "", address
    )


def code(text: str, *, within: str = "") -> tuple[str, bool]:
    """The macro to put a block of code in and whether a word in it had to be torn, as (`code`, False).

    `within` names the macro around it, which would end at its own name in the code.
    """
    low = text.lower()
    torn = f"{{{within}" in low if within else False
    name = "noformat" if "{code" in low else "code"
    return name, torn or ("{code" in low and "{noformat" in low)


def torn(text: str, *names: str) -> str:
    """The code with a word joiner in each mark that would end a macro of these names."""
    return re.sub(rf"\{{(?={'|'.join(names)})", f"{{{JOINER}", text, flags=re.IGNORECASE)
