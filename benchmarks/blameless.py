"""How right the blameless rules are: precision and recall on the labelled sentences of tests/data/blameless.tsv.

Run `python benchmarks/blameless.py`, or with `--errors` to see every sentence that was judged wrongly.

A sentence counts as found where any blameless rule speaks. Each line of the data is one sentence with its label: the rule
that ought to speak, or `fine`; its source is the postmortem that it quotes (names of people replaced), or `own` for invented
ones, since real postmortems blame seldom. A team that says "we" owns up, which is fine; so is a fact without a reproach
("nobody noticed", "the engineer did not know").

About half of the sentences, chosen by a hash of their words, are held out: tune a rule on the others, and read the figures of
these. `--errors` keeps them back, unless `--held-out` asks for them.
"""

import csv
import hashlib
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path

from generator.check.rule import Context
from generator.document.parse import parse
from generator.settings.model import Settings

DATA = Path(__file__).parent.parent / "tests" / "data" / "blameless.tsv"
RULES = ("human-error", "counterfactual", "person-fault", "character", "blame", "remedy", "hindsight")


@dataclass(frozen=True)
class Sentence:
    """A labelled sentence: `kind` is the rule that ought to speak, or `fine`."""

    kind: str
    source: str
    text: str
    found: tuple[str, ...] = ()

    @property
    def blames(self) -> bool:
        return self.kind != "fine"

    @property
    def held_out(self) -> bool:
        return hashlib.sha256(self.text.encode()).digest()[0] % 2 == 1


@dataclass(frozen=True)
class Figures:
    """Precision and recall over some sentences."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def sentences() -> list[Sentence]:
    """Every labelled sentence with the rules that speak about it."""
    with DATA.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [Sentence(row["kind"], row["source"], row["sentence"], found_in(row["sentence"])) for row in rows]


def found_in(text: str) -> tuple[str, ...]:
    """The names of the rules that speak about a text, without their prefix."""
    context = Context(settings=Settings(), today=date(2026, 3, 15))
    parsed = parse(f"{text}\n")
    modules = ((name, import_module(f"generator.check.rules.blameless_{name.replace('-', '_')}")) for name in RULES)
    return tuple(name for name, module in modules if any(module.check(parsed, context)))


def figures(labelled: Iterable[Sentence]) -> Figures:
    labelled = list(labelled)
    return Figures(
        right=sum(s.blames and bool(s.found) for s in labelled),
        wrong=sum(not s.blames and bool(s.found) for s in labelled),
        missed=sum(s.blames and not s.found for s in labelled),
    )


def of_rule(labelled: Iterable[Sentence], name: str) -> Figures:
    """A rule's findings are right on every sentence that blames; it misses the sentences of its own kind without any."""
    labelled = list(labelled)
    return Figures(
        right=sum(s.blames and name in s.found for s in labelled),
        wrong=sum(not s.blames and name in s.found for s in labelled),
        missed=sum(s.kind == name and name not in s.found for s in labelled),
    )


def main() -> None:
    labelled = sentences()
    parts = {
        "all": labelled,
        "held out": [s for s in labelled if s.held_out],
        "the others": [s for s in labelled if not s.held_out],
        "quoted from real postmortems": [s for s in labelled if s.source != "own"],
        "invented": [s for s in labelled if s.source == "own"],
    }
    print(f"{'':32}{'sentences':>10}{'blaming':>9}{'precision':>11}{'recall':>8}")
    for name, part in parts.items():
        one = figures(part)
        print(f"{name:32}{len(part):>10}{sum(s.blames for s in part):>9}{one.precision:>11.3f}{one.recall:>8.3f}")
    print()
    for name in RULES:
        one = of_rule(labelled, name)
        print(f"{'blameless-' + name:32}{one.right + one.wrong:>10}{'':>9}{one.precision:>11.3f}{one.recall:>8.3f}")
    if "--errors" in sys.argv:
        for sentence in labelled:
            if sentence.blames != bool(sentence.found) and ("--held-out" in sys.argv) >= sentence.held_out:
                print(
                    f"{'missed' if sentence.blames else 'wrong':8}{sentence.kind:16}{','.join(sentence.found):24}{sentence.text}"
                )


if __name__ == "__main__":
    main()
