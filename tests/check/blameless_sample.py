"""Asks one blameless rule about a few words of prose."""

from datetime import date
from importlib import import_module

from generator.check.rule import Context, Hit
from generator.document.parse import parse
from generator.settings.model import Person, Settings

PEOPLE = (Person("ravi.patel", "Ravi Patel", aliases=("rpatel",)), Person("kwabena.osei", "Kwabena Osei"))


def hits(rule: str, text: str) -> list[Hit]:
    """What the rule (without its prefix) says about a text, for an archive that knows two people."""
    module = import_module(f"generator.check.rules.blameless_{rule.replace('-', '_')}")
    return list(module.check(parse(text), Context(Settings(people=PEOPLE), date(2026, 3, 15))))


def named(rule: str, text: str) -> list[str]:
    """The words that the rule's messages quote."""
    return [hit.message.split("“")[1].split("”")[0] for hit in hits(rule, text)]
