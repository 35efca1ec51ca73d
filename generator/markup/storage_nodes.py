"""The pieces that Confluence's storage format is made of: XHTML with macros, always well-formed."""

from collections.abc import Iterable

from generator.markup.commonmark import clean

_SPECIAL = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def text(words: str) -> str:
    """Words as XML, in an element or in an attribute."""
    return clean(words).translate(_SPECIAL)


def element(name: str, inner: str, **attributes: str) -> str:
    """An element around some XML; attributes are words."""
    shown = "".join(f' {key}="{text(value)}"' for key, value in attributes.items())
    return f"<{name}{shown}>{inner}</{name}>"


def verbatim(words: str) -> str:
    """Words that no markup is looked for in; what would end them is spread over two pieces."""
    return f"<![CDATA[{clean(words).replace(']]>', ']]]]><![CDATA[>')}]]>"


def macro(name: str, *, body: str | None = None, plain: str | None = None, **parameters: str) -> str:
    """A macro with its parameters; `body` is XML, `plain` words."""
    inner = "".join(
        f'<ac:parameter ac:name="{text(key)}">{text(value)}</ac:parameter>'
        for key, value in parameters.items()
        if value
    )
    if body is not None:
        inner += f"<ac:rich-text-body>{body}</ac:rich-text-body>"
    if plain is not None:
        inner += f"<ac:plain-text-body>{verbatim(plain)}</ac:plain-text-body>"
    return f'<ac:structured-macro ac:name="{text(name)}" ac:schema-version="1">{inner}</ac:structured-macro>'


def lozenge(words: str, colour: str) -> str:
    """Words as a coloured status: Grey, Red, Yellow, Green, Blue or Purple."""
    return macro("status", colour=colour, title=" ".join(words.split()))


def link(address: str, inner: str) -> str:
    """A link to an address, around some XML."""
    return f'<a href="{text(address)}">{inner}</a>'


def attached_link(name: str, inner: str) -> str:
    """A link to an attachment of the same page, around some XML."""
    return f"<ac:link>{_attachment(name)}<ac:link-body>{inner}</ac:link-body></ac:link>"


def picture(described: str, *, attachment: str = "", address: str = "") -> str:
    """A picture: an attachment of the same page, or one that lies at an address."""
    inner = _attachment(attachment) if attachment else f'<ri:url ri:value="{text(address)}" />'
    return f'<ac:image ac:alt="{text(described)}">{inner}</ac:image>'


def facts_table(rows: Iterable[tuple[str, str]]) -> str:
    """Names, and values in XML, as a table with the names in front."""
    shown = "".join(
        element("tr", element("th", element("p", text(name))) + element("td", element("p", value)))
        for name, value in rows
    )
    return element("table", element("tbody", shown))


def _attachment(name: str) -> str:
    return f'<ri:attachment ri:filename="{text(name)}" />'
