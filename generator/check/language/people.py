"""Who acts in a sentence: a light reading of its words, right more often than clever.

Machines fail all day in a postmortem and are welcome to. So a rule asks here whether the words before a verb are a
person (a role, a pronoun, a name, a handle), and what is not plainly one is none.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from generator.check.language import Sentence, Token, person_words
from generator.check.language.grammar import (
    BE,
    BREAKS,
    COMPLEMENTS,
    CONJUNCTIONS,
    DETERMINERS,
    LONGEST_CLAUSE,
    LOOK_BACK,
    MODALS,
    Agent,
    SubjectKind,
    before_adverbs,
    clause_start,
    ends_phrase,
    is_governed,
    is_verb,
    phrase_start,
    verb_after,
)
from generator.check.language.words import (
    FIRST_NAMES,
    OUTSIDERS,
    PLURALS,
    PRODUCTS,
    ROLES,
    SHARED_ROLES,
    SOMEBODY,
)
from generator.settings.model import Person

_WHOLE_PERSONS = frozenset(
    {SubjectKind.PERSON, SubjectKind.SHARED, SubjectKind.WE, SubjectKind.NOBODY}
)  # a complement behind these is theirs


class Reader:
    """Reads sentences for persons; `people` are those whom the archive knows."""

    def __init__(self, people: Iterable[Person] = ()) -> None:
        self._people = people
        self._folded_names: frozenset[str] | None = None

    def subject(self, sentence: Sentence, offset: int) -> Agent | None:
        """Who, if anybody, is the grammatical subject of the verb that begins at this offset."""
        tokens = sentence.tokens
        index = before_adverbs(tokens, bisect_left(sentence.starts, offset) - 1)
        if index < 0:
            return None
        word = tokens[index].word
        if word in CONJUNCTIONS:
            return self._actor(sentence, index)
        if word == "," and index > 0 and tokens[index - 1].word in CONJUNCTIONS:
            return self._actor(sentence, index - 1)
        if word in {"who", "that", "which"}:
            return self._antecedent(sentence, index)
        if word in {",", ")", "–", "—"}:
            return self._before_insertion(sentence, index)
        return self._phrase(sentence, index)

    def actor(self, sentence: Sentence, offset: int) -> Agent | None:
        """Who does what the clause before this offset tells: the person at its head, followed by a deed in the past."""
        return self._actor(sentence, bisect_left(sentence.starts, offset), deed=True)

    def named_after(self, sentence: Sentence, offset: int, longest: int = 6, *, asked: bool = False) -> Agent | None:
        """The person named right behind this offset, as in `by the on-call engineer` or `remind Jane`.

        Where the sentence asks (`why did the engineer forget …`), any word may follow the person.
        """
        tokens = sentence.tokens
        first = bisect_left(sentence.starts, offset)
        for index in range(first, min(first + longest, len(tokens))):
            token = tokens[index]
            agent = self._head(sentence, index)
            if agent and agent.end > offset:
                following = tokens[index + 1] if index + 1 < len(tokens) else None
                if asked or ends_phrase(following):
                    return Agent(agent.kind, tokens[first].start, agent.end)
            if token.word != "of" and ends_phrase(token) and not token.word.endswith("ly"):
                return None
        return None

    def owner(self, sentence: Sentence, offset: int) -> Agent | None:
        """Whose it is: the person of whom the genitive at this offset speaks, as in `the engineer's mistake`."""
        tokens = sentence.tokens
        index = bisect_right(sentence.starts, offset) - 1
        if index < 0:
            return None
        token = tokens[index]
        if token.word in {"his", "her", "their"}:
            return None if token.word == "their" else Agent(SubjectKind.PERSON, token.start, token.end)
        if token.word == "'" and index:
            index -= 1
        bare = tokens[index].written.removesuffix("'s")
        stripped = Token(bare.lower(), bare, tokens[index].start, tokens[index].start + len(bare))
        agent = self._head_in((*tokens[:index], stripped), index, sentence)
        return agent if agent and agent.kind not in {SubjectKind.WE, SubjectKind.STRANGER} else None

    def _phrase(self, sentence: Sentence, index: int) -> Agent | None:
        """The subject whose last word is at `index`: its head itself, or a person with a complement behind."""
        head = self._head(sentence, index)
        if head and is_governed(sentence, head):
            head = None
        elif head and head.kind not in {SubjectKind.GROUP, SubjectKind.COMPANY}:
            return head
        return self._complemented(sentence, index) or head

    def _complemented(self, sentence: Sentence, last: int) -> Agent | None:
        """`The engineer on duty`, `the developer who merged it`, `a member of the platform team`."""
        tokens = sentence.tokens
        verbs = 0
        for index in range(last - 1, max(-1, last - LOOK_BACK), -1):
            behind = tokens[index + 1]
            if behind.word in COMPLEMENTS or (behind.word.endswith("ing") and len(behind.word) > 5):
                head = self._head(sentence, index)
                if head and head.kind in _WHOLE_PERSONS and not is_governed(sentence, head):
                    relative = behind.word in {"who", "that"}
                    return head if verbs <= (1 if relative else 0) else None
            if behind.word in BREAKS or behind.word in {",", "."} or behind.word in CONJUNCTIONS:
                return None
            verbs += index + 1 != last and is_verb(behind) and not is_verb(tokens[index + 2])  # `had merged` is one
        return None

    def _antecedent(self, sentence: Sentence, index: int) -> Agent | None:
        """Whom `who` means: with `who` it is a person at any rate, unless it is a user of the product."""
        tokens = sentence.tokens
        relative = tokens[index].word
        at = index - 1
        if at >= 0 and tokens[at].word == ",":
            at -= 1
        if at < 0:
            return None
        head = self._phrase(sentence, at)
        if head or relative != "who":
            return head
        near = {token.word for token in tokens[max(0, at - 5) : at + 1]}
        if near & OUTSIDERS or tokens[at].word in BREAKS or tokens[at].word in CONJUNCTIONS:
            return None
        return Agent(SubjectKind.PERSON, tokens[at].start, tokens[at].end) if tokens[at].word.isalpha() else None

    def _before_insertion(self, sentence: Sentence, index: int) -> Agent | None:
        """`John, our DBA, forgot …`, `Alice (payments) forgot …`."""
        tokens = sentence.tokens
        opening = {",": {","}, ")": {"("}, "–": {"–"}, "—": {"—"}}[tokens[index].word]
        for at in range(index - 1, max(0, index - LOOK_BACK), -1):
            if tokens[at].word in opening:
                return self._phrase(sentence, at - 1)
        return None

    def _actor(self, sentence: Sentence, end: int, *, deed: bool = False) -> Agent | None:
        tokens = sentence.tokens
        for index in range(clause_start(tokens, end), end - 1):
            head = self._head(sentence, index)
            if head is None or head.kind is SubjectKind.STRANGER or is_governed(sentence, head):
                continue
            verb = verb_after(tokens, index, end)
            if verb is None or verb.word in MODALS or (deed and verb.word in BE):
                continue
            return head
        return None

    def _head(self, sentence: Sentence, index: int) -> Agent | None:
        """The person whose naming ends with the token at `index`."""
        return self._head_in(sentence.tokens, index, sentence)

    def _head_in(self, tokens: tuple[Token, ...], index: int, sentence: Sentence) -> Agent | None:
        token = tokens[index]
        before = tokens[index - 1].word if index else ""
        if token.word == "else" and token.word not in SOMEBODY and before in SOMEBODY:
            return self._head(sentence, index - 1)
        if token.word == "they":
            kind = self._they(sentence, index)
            return Agent(kind, token.start, token.end) if kind else None
        if pronoun := person_words.pronoun(tokens, index):
            return pronoun
        noun = person_words.noun(tokens, index)
        if noun is not person_words.NO_NOUN:
            return noun
        return self._name(tokens, index)

    def _name(self, tokens: tuple[Token, ...], index: int) -> Agent | None:
        """A person by name: a handle, a title or a role before it, a first name, a name that the archive knows."""
        token = tokens[index]
        before = tokens[index - 1] if index else None
        if person_words.is_handle(token):
            return Agent(SubjectKind.PERSON, token.start, token.end)
        if before and before.word in ROLES | SHARED_ROLES and person_words.identifies(token):
            return Agent(SubjectKind.PERSON, phrase_start(tokens, index - 1), token.end)
        if not token.written[0].isupper():
            listed = "." in token.word and token.word in self._names()
            return Agent(SubjectKind.PERSON, token.start, token.end) if listed else None
        if (start := person_words.full_name_start(tokens, index)) is not None:
            return Agent(SubjectKind.PERSON, start, token.end)
        if token.word in DETERMINERS or (before and before.word in DETERMINERS):
            return None
        if token.word in FIRST_NAMES or token.word in self._names():
            return Agent(SubjectKind.PERSON, token.start, token.end)
        return (
            Agent(SubjectKind.STRANGER, token.start, token.end) if person_words.may_be_a_name(tokens, index) else None
        )

    def _names(self) -> frozenset[str]:
        if self._folded_names is None:
            self._folded_names = frozenset(
                part
                for person in self._people
                for name in (person.handle, person.name, *person.aliases)
                for part in (name.lower(), *name.lower().split())
                if len(part) > 2
            ) - PRODUCTS - OUTSIDERS  # fmt: skip
        return self._folded_names

    def _they(self, sentence: Sentence, index: int) -> SubjectKind | None:
        """Whom `they` means: persons where the last plural before it was; somebody or something where nothing was."""
        for at in range(index - 1, max(-1, index - LONGEST_CLAUSE), -1):
            token = sentence.tokens[at]
            if token.word in ROLES or token.word in PLURALS or person_words.is_handle(token):
                return SubjectKind.PERSON
            if (
                token.word.endswith("s")
                and token.word.isalpha()
                and len(token.word) > 3
                and token.word != "this"
                and not is_verb(token)
            ):
                return None
        before = sentence.before
        if before is None:
            return SubjectKind.SHARED
        heads = [token.word for token in before.tokens[:12]]
        return SubjectKind.PERSON if any(word in ROLES or word in PLURALS for word in heads) else None
