"""Whether a document is a postmortem at all, judged by its shape: what happened in time, its sections, its words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from posixpath import basename

from generator.importer.blocks import SourceBlock
from generator.importer.signs import Signs, signs_of

# A timeline of three entries (3) and a story of eight words (3) are enough without any name; a title and a file name
# that promise one (3) need the text to keep the promise.
ENOUGH = 5


@dataclass(frozen=True, slots=True)
class Judgement:
    """The score and why: `against` are the reasons to refuse, as parts of a sentence."""

    score: int
    against: tuple[str, ...]

    @property
    def accepted(self) -> bool:
        """Whether it is taken for a postmortem."""
        return self.score >= ENOUGH


@dataclass(frozen=True, slots=True)
class Merit:
    """What speaks for a postmortem: `steps` are (at least so much, points), best first."""

    measure: Callable[[Signs], int]
    steps: tuple[tuple[int, int], ...]

    def points(self, signs: Signs) -> int:
        """The points for what was measured."""
        measured = self.measure(signs)
        return next((points for least, points in self.steps if measured >= least), 0)


@dataclass(frozen=True, slots=True)
class Objection:
    """What speaks against one: the points it costs, when it holds, and the reason as part of a sentence."""

    weight: int | Callable[[Signs], int]
    holds: Callable[[Signs], bool]
    reason: str

    def cost(self, signs: Signs) -> int:
        """The points it costs this document."""
        return self.weight if isinstance(self.weight, int) else self.weight(signs)


_YES = ((1, 1),)
MERITS = (
    # A course of events is what makes a postmortem; one entry may be the date of a meeting.
    Merit(lambda s: s.entries, ((3, 3), (1, 2))),
    # Each known section is a sign of its own; beyond four they say no more, as templates have them all.
    Merit(lambda s: len(s.sections), ((4, 4), (3, 3), (2, 2), (1, 1))),
    # A timeline is the one section that guides and design documents lack.
    Merit(lambda s: "timeline" in s.sections, _YES),
    # A name that says what the document is; half of what a name of a failure says, since guides are called so too.
    Merit(lambda s: s.called_report, _YES),
    Merit(lambda s: s.named_after_failure, ((1, 2),)),
    # Folders of postmortems hold templates and guides as well.
    Merit(lambda s: s.in_folder, _YES),
    # Front matter of an incident: somebody filed it as a record. Three keys leave no doubt.
    Merit(lambda s: s.keys, ((3, 6), (2, 4), (1, 2))),
    # Two words of a failure stand in any operations text, eight only where one is told.
    Merit(lambda s: s.story, ((8, 3), (4, 2), (2, 1))),
    # Somebody wrote down when: two times at all, and two times of day once more.
    Merit(lambda s: s.clocks + s.dates, ((2, 1),)),
    Merit(lambda s: s.clocks, ((2, 1),)),
)


def _soft(signs: Signs) -> int:
    """What a manner of writing costs: nothing where the front matter is an incident's, little where a report has times."""
    if signs.is_record:
        return 0
    return 1 if signs.titled_report and signs.times else 3


# The weights: a template has a postmortem's sections (4 + 1), name (1 + 2), folder (1) and words (3) and must end below
# ENOUGH all the same, so it costs 8. 6 refuses what has sections, a name and some words, and lets a whole timeline with
# its story pass; 4 and 3 refuse what has little beside its sections. Six times in a text are a course of events,
# whatever its manner: from there on manner is no objection.
OBJECTIONS = (
    Objection(6, lambda s: s.is_housekeeping, "a file named {file} is about the folder it lies in"),
    # Three placeholders, or one in 120 words: a long filled-in document may keep one or two by oversight.
    Objection(
        8,
        lambda s: s.placeholders >= 3 or (s.placeholders > 0 and s.placeholders * 120 > s.words),
        "it is a template: its placeholders are not filled in",
    ),
    Objection(6, lambda s: s.calls_itself_template, "it calls itself a template"),
    Objection(6, lambda s: s.mostly_empty, "most of its sections are empty"),
    # One instruction in 100 words; a postmortem that kept its template's hints has them among its own words.
    Objection(
        4,
        lambda s: s.instructions >= 3 and s.instructions * 100 > s.words,
        "it says what to write, not what happened",
    ),
    Objection(4, lambda s: s.is_guide and s.times < 6 and not s.is_record, "it is a guide"),
    Objection(3, lambda s: s.names_no_day and not s.is_record, "it names no day"),
    # `you` once in 100 words: two of 153 real ones say it more often; in fewer than 60 words it proves nothing.
    Objection(
        _soft, lambda s: s.times < 6 and s.spoken_to * 100 > s.words > 60, "it speaks to its reader about what to do"
    ),
    # Advice once in 70 words, about the most that 153 real ones give; lessons learned are advice, so it costs least.
    Objection(
        2, lambda s: not s.is_record and s.times < 3 and s.advice * 70 > s.words and s.words > 60, "it gives advice"
    ),
    Objection(_soft, lambda s: s.times < 6 and s.mostly_code, "most of it is code"),
    # The longest of 153 real ones has 3,400 words; nearly twice that without one section is another kind of text.
    Objection(
        3,
        lambda s: s.words > 6000 and not s.sections,
        "it is a long text without a section of a postmortem",
    ),
    # A record says in its front matter what others say in words.
    Objection(4, lambda s: s.words < (8 if s.is_record else 12), "it has almost no words"),
)
# What a postmortem has and this document lacks; it costs nothing by itself, and tells a refusal's reader what to add.
LACKS: tuple[tuple[Callable[[Signs], bool], str], ...] = (
    (lambda s: not s.entries and "timeline" not in s.sections, "it gives no course of events in time"),
    (lambda s: not s.sections, "it has no section of a postmortem"),
    (lambda s: s.story < 4, "it does not speak of something that failed"),
)


def judge(path: str, title: str, front: Mapping[str, object], blocks: Sequence[SourceBlock], entries: int) -> Judgement:
    """Weigh what speaks for a postmortem and what against; `entries` is how many timeline entries were found."""
    signs = signs_of(path, title, front, blocks, entries)
    objections = [one for one in OBJECTIONS if one.holds(signs)]
    score = sum(merit.points(signs) for merit in MERITS) - sum(one.cost(signs) for one in objections)
    reasons = [one.reason.format(file=basename(path)) for one in objections]
    return Judgement(score, (*reasons, *(reason for lacks, reason in LACKS if lacks(signs))))
