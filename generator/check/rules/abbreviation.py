"""The summary explains its abbreviations."""

import re
from collections.abc import Iterator

from generator.check.rule import LATE_WARNING, Context, Hit, Rule
from generator.check.text import reading
from generator.document.parse import Document
from generator.settings.model import Settings

_CAPITALS = re.compile(r"(?<![\w/.#@&;-])[A-Z]{2,7}\d?(?![\w/@&]|-\d|\.\w|;\s?DR)(?:s\b)?")
_SHOUTED = re.compile(r"\b[A-Z]{2,}(?:[ ,]+[A-Z]{2,}){2,}\b")
COMMON = frozenset(
    """
    AI AM API APIS APP CD CEO CI CLI CPU CPUS CSS CSV CTO DB DNS EU FAQ FTP GB GDPR GMT GPS GPU HD HTML HTTP HTTPS HR ID IDS
    IMAP IOS IP ISO IT JPEG JSON KB LAN MB MD ML MS NASA OK OS PC PDF PHP PIN PM PNG PR PST QA QR RAM REST RSS SDK SLA SLAS SLO
    SMS SMTP SQL SSD SSH SSL SSO TB TCP TLS TV UI UK URL URLS US USA USB UTC UX VM VMS VPN WIFI XML YAML ZIP
    EUR USD GBP CHF JPY CAD AUD ETH BTC EST EDT PDT CET CEST BST MST CST ET PT
    AWS GCP S3 EC2 IBM SAP GIT GNU NGINX NPM TODO FIXME NOTE NB
    CVE GUI LTS TL URI
    A AN AND ARE AS AT BE BUT BY DO FOR FROM HAS IF IN IS ITS NEW NO NOT OF OFF ON ONE ONLY OR OUR OUT SO THE THIS TO UP WAS WE ALL ANY
    CAN NEVER ALWAYS MUST VERY THAT WILL WITH JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC MON TUE WED THU FRI SAT SUN
    II III IV VI VII VIII IX XI XII
    """.split()  # noqa: SIM905 - a text is easier to read and to extend
)


def check(document: Document, context: Context) -> Iterator[Hit]:
    """Each abbreviation of the summary that the document never spells out, once."""
    seen = reading(document)
    part = seen.part("summary")
    if part is None:
        return
    prose = _SHOUTED.sub(lambda match: " " * len(match.group()), seen.prose_of(part))
    known: frozenset[str] | None = None
    met = set()
    for match in _CAPITALS.finditer(prose):
        word = match.group().removesuffix("s")
        if word in COMMON or word in met or re.fullmatch(r"[A-Z]\d+", word):
            continue
        met.add(word)
        known = _names(document, context.settings) if known is None else known
        if word.casefold() not in known and not _explained(word, seen.visible):
            line = seen.line_at(part.begin + match.start())
            hint = f"Spell it out once, as in “full name ({word})”, or say it in everyday words."
            yield Hit(line, f"The summary does not explain “{word}”.", hint)


def _names(document: Document, settings: Settings) -> frozenset[str]:
    """The words of the archive that are names and not abbreviations: severities, services, people, the title's own."""
    words = [severity.name for severity in settings.severities]
    words += [name for service in settings.services for name in (service.name, *service.aliases)]
    words += document.postmortem.services
    words += settings.title.split()
    return frozenset(part.casefold() for word in words for part in (word, *re.split(r"[\s_-]+", word)))


def _explained(word: str, text: str) -> bool:
    """Whether the text spells the word out somewhere: “full name (ABC)”, “ABC (full name)”, `*[ABC]: …`, <abbr>."""
    quoted = re.escape(word)
    pattern = rf"\w[\"”’*_]*\s*\([\"“*_]*{quoted}s?[\"”*_]*[,;)]|\b{quoted}s?[*_`]*\s*\(\s*[a-zA-Z][a-z]|\*\[{quoted}\]:|>{quoted}</abbr>|\b{quoted}s?,? (?:short for|stands for|is the|means)\b"
    return re.search(pattern, text) is not None


RULE = Rule(
    id="abbreviation",
    title="The summary explains its abbreviations",
    why="A team's abbreviations shut out the very readers for whom the summary is written. Everyday ones such as API, CPU or UTC are fine.",
    before="The HPA did not scale before the SLI was breached.",
    after="The horizontal pod autoscaler (HPA) did not scale before too many requests were slow.",
    check=check,
    **LATE_WARNING,
)
