"""A page of a Confluence space's HTML export: its title, its text as Markdown, and who wrote it when."""

import re
from dataclasses import dataclass

from generator.importer.facts import StatedFact
from generator.markup.html import markdown_of
from generator.markup.html_tree import Node, parse

# The line that Confluence's export puts under a title: who made the page, who changed it last, and when.
_BY = re.compile(
    r"Created by\s+(?P<author>.{1,200}?)(?:,\s*last (?:modified|updated)(?:\s+by\s+(?P<editor>.{1,200}?))?(?:\s+on\s+(?P<day>.+))?|\s+on\s+(?P<made>.+))?\s*$",
    re.IGNORECASE,
)
_GENERATED = {"toc-macro", "page-metadata", "greybox", "pagetree"}


@dataclass(frozen=True, slots=True)
class ExportedPage:
    """One page, as Markdown with the facts that the export states around it; `text` is empty where there is none."""

    title: str
    text: str
    facts: tuple[StatedFact, ...] = ()


def page(html: str) -> ExportedPage:
    """Read a page of the export; the index of a space, which lists the pages, has no text."""
    root = parse(html)
    content = root.find(id="main-content")
    if content is None or root.find(id="title-text") is None:
        return ExportedPage(_title(root), "")
    for node in (content, *content.elements()):
        node.children = [
            c
            for c in node.children
            if not (isinstance(c, Node) and (c.classes & _GENERATED or any(k.startswith("rbtoc") for k in c.classes)))
        ]
    parts = [markdown_of(content).rstrip()]
    for name, title in (("comments", "Comments"), ("attachments", "Attachments")):
        section = _section(root, name)
        if section:
            parts.append(f"## {title}\n\n{section}")
    facts: list[StatedFact] = []
    written = root.find(marked="page-metadata")
    if written and (match := _BY.search(written.text())):
        parts.append(f"*{written.text()}*")
        facts = [StatedFact("authors", match["author"], 1)]
        if day := match["day"] or match["made"]:
            facts.append(StatedFact("written", day, 1))
    return ExportedPage(_title(root), "\n\n".join(part for part in parts if part) + "\n", tuple(facts))


def _title(root: Node) -> str:
    """The title without the name of the space, which stands before a colon."""
    node = root.find(id="title-text") or root.find(tag="title") or Node("")
    words = node.text()
    return words.split(" : ", 1)[1].strip() if " : " in words else words


def _section(root: Node, name: str) -> str:
    """What stands below one of the headings that the export adds behind the text."""
    for section in root.elements():
        if "pageSection" in section.classes and (heading := section.find(id=name)):
            for node in (section, *section.elements()):
                node.children = [child for child in node.children if child is not heading]
            if name == "attachments":
                links = [a for a in section.elements() if a.tag == "a" and a.attributes.get("href")]
                return "\n".join(
                    f"- [{a.text() or a.attributes['href']}]({a.attributes['href'].replace(' ', '%20')})" for a in links
                )
            return markdown_of(section).strip()
    return ""
