"""Markdown to try renderers with: made of pieces that mean something, alone or to each other."""

import html
import re
from functools import cache

from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

PIECES = [
    *("a", "b1", "Ä", "é", " ", "  ", "\n", "\n\n", "*", "**", "_", "__", "`", "``", "~", "~~", "-", "--", "---", "+"),
    *("^", "?", "??", "!", "[", "]", "(", ")", "{", "}", "{{", "}}", "\\", "\\\\", "|", "||", "#", "h1. ", "bq. "),
    *("{code}", "{quote}", "{noformat}", "{panel:x}", "{color:red}", "{*}", "{-}", "[~admin]", "[x|y]", "[^f.txt]"),
    *("!http://a.example/x!", "http://a.example/x_y", "mailto:a@b.c", "ftp://x", ":)", ":D", ";)", "(!)", "(y)", "(*)"),
    *(
        "(/)",
        "- ",
        "1. ",
        "3) ",
        "> ",
        "# ",
        "```\n",
        "~~~\n",
        "    ",
        "<br>",
        "<b>",
        "</b>",
        "<kbd>",
        "</kbd>",
        "<svc>",
    ),
    *("<!-- c -->", "[t](http://e.example/p)", "![i](x.png)", "[u](rel/x.md)", "@x", "&amp;", "&lt;", "a*b*c", "C:\\x"),
    *("\\d+", "'", '"', ":", ";", ".", ",", "---\n", "TODO:", '!!! note "T"\n    x\n', "- [ ] ", "- [x] ", "OPS-12"),
    *(" - ", "--force", "x-y", "**bold**", "*it*", "`co de`", "`{x}`", "~5%", "->", "[^1]", "\n[^1]: foot\n"),
    *("<details>\n<summary>s</summary>\n\n", "</details>\n", "> [!TIP]\n> y\n", "| a | b |\n|---|---|\n| c | d |\n"),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=20).map("".join)
ANY = st.one_of(TEXTS, st.text(max_size=80), st.binary(max_size=60).map(lambda raw: raw.decode("utf-8", "replace")))
_KNOWN = "p|br|b|kbd|a|img|h[1-6]|[uo]l|li|em|strong|s|code|pre|table|t[rdh]|thead|tbody|blockquote|div|section|su[bp]|hr|input"


@cache
def _reader():
    md = MarkdownIt("commonmark", {"html": True, "maxNesting": 120}).enable(["table", "strikethrough"])
    return md.use(footnote_plugin).use(admon_plugin).use(tasklists_plugin)


def letters(text):
    """Letters and digits alone, as small letters: what no renderer may lose, whatever it does to signs."""
    return "".join(character for character in text.casefold() if character.isalnum())


def shown(markdown):
    """The letters that markdown-it's own page shows."""
    page = re.sub(r"<!--.*?-->|<a href=\"#fnref[^>]*>.*?</a>", "", _reader().render(markdown), flags=re.DOTALL)
    page = re.sub(r"\[(\d+):\d+\]</a></sup>", r"[\1]</a></sup>", page)  # which mention of a footnote it is
    return letters(html.unescape(re.sub(rf"</?({_KNOWN}|details|summary)\b[^>]*>", "", page)))


def holds(whole, part):
    """Whether the characters of `part` come in `whole` in this order."""
    rest = iter(whole)
    return all(character in rest for character in part)
