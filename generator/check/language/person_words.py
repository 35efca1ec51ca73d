"""Which words name a person: pronouns, roles and teams, names."""

from generator.check.language import Token
from generator.check.language.grammar import CONJUNCTIONS, Agent, SubjectKind, denied, phrase_start
from generator.check.language.words import (
    BEHIND,
    COMPANIES,
    FIRST_NAMES,
    GROUPS,
    HUMAN_SIGNS,
    NOBODY,
    OUTSIDERS,
    PLURALS,
    PRODUCTS,
    ROLES,
    SHARED_ROLES,
    SOFTWARE,
    SOMEBODY,
    TITLES,
)

NO_NOUN = Agent(SubjectKind.STRANGER, -1, -1)  # no noun for people stands there; None is one that means nobody here


def pronoun(tokens: tuple[Token, ...], index: int) -> Agent | None:
    """Who `somebody`, `no one`, `we` or `I` are."""
    token = tokens[index]
    before = tokens[index - 1] if index else None
    if token.word in SOMEBODY:
        return Agent(SubjectKind.NOBODY if token.word in NOBODY else SubjectKind.PERSON, token.start, token.end)
    if token.word == "one" and before and before.word in {"no", "any", "every", "some"}:
        return Agent(SubjectKind.NOBODY if before.word == "no" else SubjectKind.PERSON, before.start, token.end)
    if token.word in {"we", "us"} or token.written == "I":
        return Agent(SubjectKind.WE, token.start, token.end)
    return None


def noun(tokens: tuple[Token, ...], index: int) -> Agent | None:
    """Who a role, a team or a company is; None where it is software or an outsider, `NO_NOUN` where it is no such word."""
    token = tokens[index]
    word, before = token.word, tokens[index - 1].word if index else ""
    start = phrase_start(tokens, index)
    if (word in ROLES and before not in OUTSIDERS) or (word in PLURALS and before not in SOFTWARE | OUTSIDERS):
        return Agent(SubjectKind.NOBODY if denied(tokens, index) else SubjectKind.PERSON, start, token.end)
    if word in SHARED_ROLES:
        kind = SubjectKind.PERSON if before in HUMAN_SIGNS and word != "operations" else SubjectKind.SHARED
        return None if before in SOFTWARE | OUTSIDERS else Agent(kind, start, token.end)
    if word in BEHIND:
        is_person = before in BEHIND[word] or (word.startswith("member") and _of_team(tokens, index))
        return Agent(SubjectKind.PERSON, start, token.end) if is_person else None
    if word in GROUPS or word in COMPANIES:
        return Agent(SubjectKind.GROUP if word in GROUPS else SubjectKind.COMPANY, start, token.end)
    return NO_NOUN


def is_handle(token: Token) -> bool:
    """Whether it is a handle such as `@jane`."""
    return token.written[0] == "@" and len(token.written) > 1


def full_name_start(tokens: tuple[Token, ...], index: int) -> int | None:
    """Where `Dr Chen`, `Dr. Chen` or `Jane Chen` begins; None where the word before makes no such name of it."""
    before = tokens[index - 1] if index else None
    if before and (before.word in TITLES or (before.written[0].isupper() and before.word in FIRST_NAMES)):
        return before.start
    if before and before.word == "." and index > 1 and tokens[index - 2].word in TITLES:
        return tokens[index - 2].start
    return None


def may_be_a_name(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a capitalised word stands in a name's place: alone, of letters, no plural and no product."""
    token = tokens[index]
    before = tokens[index - 1] if index else None
    alone = before is None or not before.word[0].isalnum() or before.word in CONJUNCTIONS
    plain = token.written[1:].islower() and token.written.isalpha() and len(token.written) > 2
    return alone and plain and not token.word.endswith("s") and token.word not in PRODUCTS


def _of_team(tokens: tuple[Token, ...], index: int) -> bool:
    words = [token.word for token in tokens[index + 1 : index + 7]]
    return bool(words) and words[0] in {"of", "from"} and any(word in GROUPS or word == "staff" for word in words)


def identifies(token: Token) -> bool:
    """Whether a word stands for somebody's name behind a role: `Developer X`, `Engineer 2`, `engineer Xu`."""
    written = token.written
    letter = len(written) == 1 and written.isupper()
    name = written[0].isupper() and written[1:].islower() and token.word not in PRODUCTS
    return letter or name or token.word.isdigit() or token.word in {"one", "two", "three"}
