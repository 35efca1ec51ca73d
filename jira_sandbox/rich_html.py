"""Rich text as HTML for the sandbox's own pages: documents and wiki markup, everything escaped."""

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from jira_sandbox.exchange import Json

PLAIN = {
    "paragraph": "p",
    "bulletList": "ul",
    "orderedList": "ol",
    "listItem": "li",
    "blockquote": "blockquote",
    "tableRow": "tr",
    "tableCell": "td",
    "tableHeader": "th",
    "taskList": "ul",
    "decisionList": "ul",
    "decisionItem": "li",
    "caption": "figcaption",
}
MARKS = {"strong": "strong", "em": "em", "code": "code", "strike": "s", "underline": "u"}
_LINK = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}|[a-z]{3,12}")


def to_html(value: Any) -> str:
    """A document (Cloud) or wiki markup (Data Center) as HTML; nothing in it is code."""
    if isinstance(value, dict):
        return "".join(_node(node) for node in value.get("content", []))
    return wiki_html(value) if isinstance(value, str) else ""


def _node(node: Json) -> str:
    kind, attributes = node.get("type", ""), node.get("attrs") or {}
    inner = "".join(_node(child) for child in node.get("content") or [])
    if kind == "text":
        return _marked(escape(str(node.get("text", ""))), node.get("marks") or [])
    if kind == "heading":
        level = min(max(int(attributes.get("level", 3)), 1), 6)
        return f"<h{level}>{inner}</h{level}>"
    if kind == "codeBlock":
        return f"<pre><code>{inner}</code></pre>"
    if kind == "table":
        return f'<div class="scroll"><table>{inner}</table></div>'
    if kind == "taskItem":
        return f"<li>{'☑' if attributes.get('state') == 'DONE' else '☐'} {inner}</li>"
    if kind == "panel":
        return f'<div class="panel {escape(str(attributes.get("panelType", "info")))}">{inner}</div>'
    if kind in {"expand", "nestedExpand"}:
        return f"<details open><summary>{escape(str(attributes.get('title') or 'More'))}</summary>{inner}</details>"
    if kind in PLAIN:
        return f"<{PLAIN[kind]}>{inner}</{PLAIN[kind]}>"
    return _leaf(kind, attributes) or inner


def _leaf(kind: str, attributes: Mapping[str, Any]) -> str:
    if kind in {"hardBreak", "rule"}:
        return "<br>" if kind == "hardBreak" else "<hr>"
    if kind in {"inlineCard", "blockCard", "embedCard"}:
        address = str(attributes.get("url", ""))
        return _link(address, escape(address))
    if kind == "status":
        return f'<span class="lozenge">{escape(str(attributes.get("text", "")))}</span>'
    if kind == "mention":
        return f'<span class="mention">{escape(str(attributes.get("text") or attributes.get("id") or "@"))}</span>'
    if kind == "emoji":
        return escape(str(attributes.get("text") or attributes.get("shortName") or ""))
    return f"<em>[{escape(kind)}]</em>" if kind in {"media", "mediaInline", "extension", "date"} else ""


def _marked(text: str, marks: list[Json]) -> str:
    for mark in marks:
        kind, attributes = mark.get("type", ""), mark.get("attrs") or {}
        if kind in MARKS:
            text = f"<{MARKS[kind]}>{text}</{MARKS[kind]}>"
        elif kind == "subsup" and attributes.get("type") in {"sub", "sup"}:
            text = f"<{attributes['type']}>{text}</{attributes['type']}>"
        elif kind == "link":
            text = _link(str(attributes.get("href", "")), text)
        elif kind == "textColor" and _COLOUR.fullmatch(str(attributes.get("color", ""))):
            text = f'<span style="color:{attributes["color"]}">{text}</span>'
    return text


def _link(address: str, text: str) -> str:
    return f'<a href="{escape(address)}" rel="noreferrer">{text}</a>' if _LINK.match(address) else text


_VERBATIM = re.compile(r"\{(code|noformat)(?::[^}\n]*)?\}\n?(.*?)\{\1\}", re.DOTALL)
_ITEM = re.compile(r"([*#-]+) (.*)")
_HEADING = re.compile(r"h([1-6])\. (.*)")
_INLINE = (
    (re.compile(r"\{\{(.+?)\}\}"), r"<code>\1</code>"),
    (re.compile(r"(?<![\w*\\])\*(?=\S)(.+?)(?<=\S)\*(?![\w*])"), r"<strong>\1</strong>"),
    (re.compile(r"(?<![\w_\\])_(?=\S)(.+?)(?<=\S)_(?![\w_])"), r"<em>\1</em>"),
    (re.compile(r"\{color:(#[0-9a-fA-F]{6}|[a-z]{3,12})\}(.*?)\{color\}"), r'<span style="color:\1">\2</span>'),
    (re.compile(r"\[([^\[\]|]+)\|((?:https?|mailto):[^\[\]|\s]+)\]"), r'<a href="\2" rel="noreferrer">\1</a>'),
    (re.compile(r"\[(https?:[^\[\]|\s]+)\]"), r'<a href="\1" rel="noreferrer">\1</a>'),
    (re.compile(r"\\\\"), "<br>"),
    (re.compile(r"\\([-#*_+?^~|%{}\[\]()!@])"), r"\1"),
)


def wiki_html(text: str) -> str:
    """The common part of wiki markup as HTML: headings, lists, tables, code, quotes, emphasis and links."""
    text = text.replace("\r\n", "\n")
    parts, place = [], 0
    for match in _VERBATIM.finditer(text):
        parts += [_wiki_blocks(text[place : match.start()]), f"<pre><code>{escape(match[2])}</code></pre>"]
        place = match.end()
    return "".join([*parts, _wiki_blocks(text[place:])])


def _wiki_blocks(text: str) -> str:
    blocks = []
    for chunk in re.split(r"\n\s*\n", text):
        paragraph: list[str] = []
        for line in filter(str.strip, chunk.split("\n")):
            if (block := _wiki_line(line)) is None:
                paragraph.append(_wiki_inline(line))
                continue
            blocks += [_paragraph(paragraph), block]
            paragraph = []
        blocks.append(_paragraph(paragraph))
    html = "".join(blocks)
    for tag, outer in (("uli", "ul"), ("oli", "ol"), ("row", "table")):
        inner = "tr" if tag == "row" else "li"
        html = re.sub(
            rf"(?:<{tag}\b.*?</{tag}>)+",
            lambda m, tag=tag, outer=outer, inner=inner: (  # type: ignore[misc]
                f"<{outer}>{m[0].replace(f'<{tag}', f'<{inner}').replace(f'</{tag}>', f'</{inner}>')}</{outer}>"
            ),
            html,
            flags=re.DOTALL,
        )
    return html


def _wiki_line(line: str) -> str | None:
    if match := _HEADING.match(line):
        return f"<h{match[1]}>{_wiki_inline(match[2])}</h{match[1]}>"
    if match := _ITEM.match(line):
        tag = "oli" if match[1].endswith("#") else "uli"
        return f'<{tag} style="margin-left:{len(match[1]) - 1}.5em">{_wiki_inline(match[2])}</{tag}>'
    if line.startswith("|"):
        cells = re.findall(r"(\|\|?)((?:\\.|\[[^\]]*\]|[^|\\])+)", line)
        row = "".join(
            f"<{t}>{_wiki_inline(c.strip())}</{t}>" for mark, c in cells for t in ["th" if mark == "||" else "td"]
        )
        return f"<row>{row}</row>"
    if line.strip() == "----":
        return "<hr>"
    if line.startswith("bq. "):
        return f"<blockquote>{_wiki_inline(line[4:])}</blockquote>"
    if re.fullmatch(r"\{(?:quote|panel)(?::[^}]*)?\}", line.strip()):
        return ""
    return None


def _paragraph(lines: list[str]) -> str:
    return f"<p>{'<br>'.join(lines)}</p>" if lines else ""


def _wiki_inline(text: str) -> str:
    text = escape(text)
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return text
