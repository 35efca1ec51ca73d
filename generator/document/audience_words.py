"""Words by which people say who may read something: keys that mean it, and what a value means, however it is spelt."""

import difflib
import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

from generator.document.model import Audience
from generator.document.schema import LINK_KEYS, ORDER

# Letters that look like Latin ones: Greek, Cyrillic, Armenian, and the dotless and script forms.
_LOOK_ALIKES = {
    "a": "аɑα",
    "b": "ьƅ",
    "c": "сϲ",
    "d": "ԁɗ",
    "e": "еҽ",
    "i": "іıɩιї",
    "l": "ӏ",
    "n": "ոη",
    "o": "оοօ",
    "p": "рρ",
    "s": "ѕꜱ",
    "t": "тτ",
    "u": "υսц",
    "v": "ѵν",
    "x": "хχ",
    "y": "уγ",
}
_SKELETON = {ord(other): latin for latin, others in _LOOK_ALIKES.items() for other in others}

# The least likeness (difflib's ratio) at which a word is taken for a misspelling. `audience` is short, so that three
# wrong letters must do (`audienz`, `odience` have 0.80, `evidence` 0.62); long words are alike in their endings alone
# (`feasibility` and `visibility` have 0.76), and `restarted` has 0.84 with `restricted`.
_LIKE_AUDIENCE, _LIKE_SYNONYM, _LIKE_RESTRICTED = 0.72, 0.88, 0.88

# One word or phrase after the other, written together; the other large languages stand on lines of their own.
_SYNONYM_WORDS = """
    access accesscontrol accesslevel acl classification confidential confidentiality confidentially dataclassification
    disclosure distribution distributionlist documentclassification informationclassification internal internalonly
    mayread permissions privacy private protection protectionlevel public readableby readby readers restricted restrictedto
    restriction restrictions secrecy secret securityclassification securitylevel sensitivity sharedwith sharewith sharing
    tlp viewers visibility visible visiblefor visibleto whocanread whomayread
    einstufung geheimhaltung leserkreis publikum sichtbarkeit vertraulich vertraulichkeit zielgruppe
    cible confidentialité diffusion visibilité clasificación confidencialidad visibilidad
    classificação confidencialidade visibilidade riservatezza visibilità
    аудитория доступ конфиденциальность 公開範囲 機密区分 密级 受众 可见性 공개범위
"""
# Beginnings of words that keep others out, wherever they stand.
_CLOSED_WORDS = """
    confidencia confidenti confidenzia donotdistribute donotforward donotshare embargo eyesonly needtoknow notforsharing
    privileged restrict tlpamber tlpred
    geheim vertraulich restreint restringid reservado riservat vertrouwelijk poufn
    конфиденц секретно 機密 机密 社外秘 秘密 極秘 기밀 대외비
"""
_INTERNAL_WORDS = """
    company companyonly employees employeesonly intern interna internal internalonly internaluse internaluseonly interne
    interno staff staffonly tlpgreen
"""
_FILLER_WORDS = """
    and attorney classified client company copy distribute do document for forward highly internal not of only outside
    postmortem product report share strictly the top use very work
    den für gebrauch internen nur streng
"""
_SYNONYMS = frozenset(_SYNONYM_WORDS.split())
_CLOSED = tuple(_CLOSED_WORDS.split())
_INTERNAL = frozenset(_INTERNAL_WORDS.split())
_BANNER_FILLERS = frozenset(_FILLER_WORDS.split())
_FUZZY = ("visibility", "classification", "confidentiality", "confidential", "sensitivity", "restricted")
_INSIDE = ("audience", "audiance", "confidential", "visibility")
# Words that keep others out only as the value of a key that means an audience: passwords are secret and networks
# private in any text.
_CLOSED_VALUE = ("secret", "private", "privat", "closed", "legal", "hidden", "nda", "nobody", "sensitive")
_FALSE = frozenset(["false", "no", "0", "none", "off", "n"])
_BANNER_WORDS = frozenset(["tlp", "red", "amber", "need", "know", "to", "eyes", "secret"])


class KeyMeaning(StrEnum):
    """What a key has to do with readers: it is the word `audience` in some spelling, or another word for it."""

    AUDIENCE = "audience"
    SYNONYM = "synonym"
    NOTHING = ""


def visible_text(text: str) -> str:
    """The text as it is seen: in one form of Unicode, lower case, without characters that nobody sees."""
    seen = unicodedata.normalize("NFKC", text).casefold()
    return seen if seen.isascii() else "".join(one for one in seen if unicodedata.category(one) != "Cf")


@lru_cache(maxsize=1024)  # an archive's documents have the same keys
def key_meaning(key: str) -> KeyMeaning:
    """What a key means, whatever its case, spelling, punctuation or alphabet; keys of the schema mean nothing here."""
    seen = visible_text(key).strip()
    if (seen in ORDER and seen != "audience") or key in LINK_KEYS:
        return KeyMeaning.NOTHING
    own = _letters(seen)
    word = _latin(own).removeprefix("x") if seen.startswith("x-") else _latin(own)
    if any(part in word for part in _INSIDE[:2]) or _ratio(word, "audience") >= _LIKE_AUDIENCE:
        return KeyMeaning.AUDIENCE
    alike = any(_ratio(word, other) >= _LIKE_SYNONYM for other in _FUZZY)
    if own in _SYNONYMS or word in _SYNONYMS or alike or any(part in word for part in _INSIDE):
        return KeyMeaning.SYNONYM
    return KeyMeaning.NOTHING


def value_meaning(value: object, key: str = "") -> Audience | None:
    """The narrowest audience that a value may mean under a key that means an audience; None where it is not one."""
    seen = visible_text(_flat(value)).strip(" \t\"'“”‘’`*_.,;|<>{}()[]!-")
    word = _latin(_letters(seen))
    if word in {Audience.PUBLIC, Audience.INTERNAL}:
        return Audience(word)
    parts = re.findall(r"\w+", _latin(seen))
    if says_closed(seen) or any(part.startswith(_CLOSED_VALUE) for part in parts) or _switched(word, key):
        return Audience.RESTRICTED
    return Audience.INTERNAL if word in _INTERNAL else None


def _switched(word: str, key: str) -> bool:
    """Whether a key such as `restricted` is switched on by its value, or `public` off."""
    name = _latin(_letters(visible_text(key)))
    if name.startswith(("restrict", "confiden", "privat", "secre", "vertraulich")):
        return word not in _FALSE | {""}
    return name == "public" and word in _FALSE


def says_closed(text: str) -> bool:
    """Whether a word of the text keeps people out, such as `confidential`, also where it is misspelt."""
    seen = visible_text(text)
    latin = _latin(seen)
    if any(part in joined for joined in (_letters(seen), _letters(latin)) for part in _CLOSED):
        return True
    words = (word for word in re.findall(r"[a-z]{8,14}", latin) if word[0] in "rc")
    return any(_ratio(word, other) >= _LIKE_RESTRICTED for word in words for other in ("restricted", "confidential"))


def banner_meaning(text: str) -> Audience | None:
    """What a line says that says nothing but who may not read: `CONFIDENTIAL`, `Internal use only`; None for others."""
    seen = visible_text(text)
    words = re.findall(r"\w+", seen)
    if not 0 < len(words) <= 16:
        return None
    own = [word for word in words if word not in _BANNER_FILLERS]
    if says_closed(seen) and own and all(word in _BANNER_WORDS or _closes(word) for word in own):
        return Audience.RESTRICTED
    return Audience.INTERNAL if not own and "internal" in words and "only" in words else None


def _closes(word: str) -> bool:
    # Nouns are headings and not banners: "Confidentiality", "Restrictions".
    return says_closed(word) and not word.endswith(("ity", "ité", "idad", "dade", "ions", "ion", "keit"))


def _flat(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(f"{key} {_flat(item)}" for key, item in value.items())
    if isinstance(value, list):
        return " ".join(map(_flat, value))
    return "" if value is None else str(value)


def _letters(text: str) -> str:
    return "".join(one for one in text if one.isalnum())


def _latin(text: str) -> str:
    """The text in Latin letters without accents, as far as its own look like them."""
    if text.isascii():
        return text
    plain = "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one))
    return plain.translate(_SKELETON)


def _ratio(word: str, other: str) -> float:
    if abs(len(word) - len(other)) > 3:
        return 0.0
    return difflib.SequenceMatcher(None, word, other).ratio()
