"""Code with its syntax marked, as HTML in the classes that the theme colours."""

import re
from functools import lru_cache

from pygments import highlight as mark
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from generator.site.pages.html import esc, legal

# Marking takes time in proportion; a pasted log of this length gains nothing from colours.
_LONGEST = 20_000
# Space has no colour, and what a lexer does not know is no error of the reader's.
_BARE = re.compile(r'<span class="(?:w|err)">([^<]*)</span>')


def code(text: str, language: str) -> str:
    """A block of code; an unknown language is shown as it is."""
    lexer = _lexer(language.casefold()) if language and len(text) <= _LONGEST else None
    inner = _BARE.sub(r"\1", mark(legal(text), lexer, HtmlFormatter(nowrap=True))) if lexer else esc(text)
    named = f' data-lang="{esc(language)}"' if language else ""
    return f'<div class="highlight"{named}><pre><code>{inner.rstrip(chr(10))}\n</code></pre></div>'


@lru_cache(maxsize=256)
def _lexer(language: str) -> Lexer | None:
    if language in {"text", "txt", "plain", "plaintext", "none", "mermaid"}:
        return None
    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None
