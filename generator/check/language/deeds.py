"""The shapes in which prose makes its subject the cause: a slip, a duty left undone, a bad thing set in motion."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from generator.check.language.conditions import SOME, TEAMS, duty, not_mended, of_one, undone, unexplained
from generator.check.language.grammar import Agent, SubjectKind


@dataclass(frozen=True, slots=True)
class DeedPattern:
    """A verb and what must hold beside it.

    One of the `stems` (lower case) stands in every sentence that can match, `kinds` are the subjects that it counts for,
    and with `whole_clause` the subject is that of the clause ahead and need not stand right before the verb.
    """

    stems: tuple[str, ...]
    pattern: re.Pattern[str]
    kinds: frozenset[SubjectKind]
    holds: Callable[[re.Match[str], Agent], bool] | None = None
    whole_clause: bool = False


_ONE = frozenset({SubjectKind.PERSON})
_ANY = TEAMS | {SubjectKind.SHARED}

_SIGNS = (
    r"(?:alerts?|alarms?|warnings?|pages?|pager|(?:run|play)books?|instructions?|procedures?|signs?|readings?"
    r"|gauges?|e-?mails?|messages?|calls?|advice|polic(?:y|ies)|rules?|guidelines?|process|checklist|red flags?"
    r"|symptoms?|concerns?|reports?|notifications?|tickets?|indications?)"
)
_CHECKS = (
    r"(?:test(?:s|ing)?|checks?|reviews?|steps?|canary|staging|approvals?|validation|verification|backups?|checklist"
    r"|training|stages?|procedures?|polic(?:y|ies)|process|controls?|safeguards?|pipeline|gates?|protections?|rules?"
    r"|freeze|guidelines?|qa)"
)
_ARTICLES = r"(?:(?:a|an|the|his|her|their|our|some|this|that|all|another|two|three|several|into|straight|out)\s+){0,3}(?:[\w-]+\s+)?"
_BAD = (
    r"(?:bad|broken|faulty|untested|buggy|unreviewed|unapproved|erroneous|invalid|defective|flawed|unvalidated"
    r"|malformed|half-finished|incomplete|wrong|incorrect|(?:bug|regression|vulnerability|typo|mistake|defect"
    r"|syntax error)s?)"
)
_MOVED = (
    r"(?:push|deploy|releas|ship|introduc|upload|publish|launch|promot|submitt|committ|appli|merg|approv|creat|caus"
    r"|add)(?:ed|es|s)|wrote|made|rolled out"
)
_TOUCHED = (
    r"(?:execut|enter|click|select|pick|us|delet|wip|remov|dropp|truncat|unplugg|disconnect|reboot|restart|edit"
    r"|chang|open|grant|copi|past|configur|assign|stopp|kill|terminat|modifi|press|connect|pull|revok|disabl|enabl"
    r"|formatt|mount|flash|replac|issu|typ|pok)(?:ed|es|s)|ran|chose|shut down|logged|put|sent|set|cut|hit|took|gave"
    r"|wrote|runs"
)
SLIPPED = (
    r"(?:accidentally|mistakenly|inadvertently|erroneously|incorrectly|wrongly|unintentionally|by mistake"
    r"|by accident|falsely|unwittingly|carelessly|foolishly)"
)
SLIP_STEMS = (
    "accident",
    "mistak",
    "inadvert",
    "erroneous",
    "wrongly",
    "incorrect",
    "unintention",
    "falsely",
    "unwitting",
    "foolish",
)
_HARM = r"(?:outage|incident|failure|downtime|disruption|data loss|breakage|problem|issue|mess|crash|chaos|damage|bug|error)"
_ALL = r"(?:the )?(?:whole |entire )?(?:production|prod|site|website|service|everything|platform|checkout|api|cluster|network)"
_HIDDEN = r"(?:passwords?|credentials?|secrets?|(?:access |api |private )keys?|tokens?)"
_SHARED = r"(?:public|repositor\w+|repo|git\w*|channel|slack|chat|ticket|log|wiki|forum|by mistake)"
_UNSAFE = (
    r"(?:blank|enabled|active|open|unprotected|exposed|unset|unlocked|unencrypted|misconfigured|unattended|disabled"
    r"|muted|empty|unpatched|turned off|switched off|half-done|unfinished)"
)
_CARE = (
    r"(?:test(?:s|ing|ed)?|review(?:s|ed|ing)?|approv(?:al|als|ed)|check(?:s|ing|ed)?|reading|asking|telling"
    r"|notifying|verify(?:ing)?|verification|validat\w+|consult\w+|permission|authori[sz]ation|thinking|looking"
    r"|understanding|backups?|snapshots?|coordinat\w+|communicat\w+|announc\w+|inform\w*|follow\w*|noticing"
    r"|reali[sz]ing|considering|warning|double-checking|confirm\w+|sure|dry[- ]run|(?:full |whole "
    r"|entire )?(?:test )?suite|change (?:request|ticket|record)|a second pair|supervision|staging|knowing|sign-?off"
    r"|discuss\w+|documenting|plan)"
)
_FILLERS = (
    r"(?:(?:any|a|an|the|first|even|prior|properly?|adequate(?:ly)?|sufficient(?:ly)?|formal|peer|code|their|his|her"
    r"|really|actually|getting|having|obtaining|seeking|waiting for|doing|running|making|taking|creating"
    r"|going through) ){0,4}"
)


def _shape(
    stems: tuple[str, ...],
    pattern: str,
    kinds: frozenset[SubjectKind],
    holds: Callable[[re.Match[str], Agent], bool] | None = None,
    *,
    whole_clause: bool = False,
) -> DeedPattern:
    return DeedPattern(stems, re.compile(rf"\b(?:{pattern})", re.IGNORECASE), kinds, holds, whole_clause)


DEED_PATTERNS = (
    _shape(("forg", "neglect"), r"(?:forgot|forgets|neglected|neglects) to\b", _ANY | {SubjectKind.STRANGER}),
    _shape(("forg", "neglect"), r"(?:forgot|neglected|forgets)\b", _ANY),
    _shape(
        ("overlook", "misj", "misread", "misund", "misint", "misrem", "misty", "mishand", "miscom", "misman", "misconfigured",
         "misdiag", "miscalc", "disregard", "fat-f", "fat f", "fatf", "botched", "screwed", "messed", "goofed", "panicked",
         "underest", "lapsed"),
        r"(?:overlook(?:ed|s)|mis(?:judged|read|understood|interpreted|remembered|typed|handled|communicated|managed"
        r"|configured|diagnosed|calculated)|disregarded|fat[- ]?fingered|botched|screwed up|messed up|goofed|panicked"
        r"|underestimated|lapsed)\b",
        _ANY,
    ),
    _shape(
        ("cut corners", "blind eye", "lost track", "lost conc", "jumped to", "dropped the", "got conf", "let ", "not do ",
         "didn't do ", "never did", "made a", "made the", "made s", "made it", "made matters"),
        r"(?:cut corners|turned a blind eye|lost track|lost concentration|jumped to (?:the wrong )?conclusions?"
        r"|dropped the ball|made (?:a|an|the|some|several) (?:\w+ )?(?:mistakes?|errors?|slips?|blunders?)"
        r"|made (?:things|it|matters) worse|got confused|let (?:us|everyone|everybody|the \w+|\w+ customers) down"
        r"|(?:did not|didn't|never) (?:do|did) (?:his|her|their) (?:\w+ )?(?:jobs?|homework|due diligence|duty))\b",
        _ANY,
    ),
    _shape(
        ("slept", "gave up", "did nothing", "does nothing", "to bed", "to sleep", "not care", "didn't care", "rushed", "shortcut", "acted"),
        r"(?:slept (?:through|in)|gave up|did nothing|does nothing|went back to (?:bed|sleep)|did not care|didn't care"
        r"|rushed (?:the|through|a|an|his|her|their|into|to)|took (?:a )?shortcuts?|acted (?:too|without|on (?:his"
        r"|her) own))\b",
        SOME,
    ),
    _shape(
        ("ignor", "missed", "misses", "dismiss"),
        rf"(?:ignored|ignores|missed|misses|dismissed)\b(?! (?:nothing|no)\b)(?=[^.;]{{0,60}}\b{_SIGNS}\b)",
        _ANY,
    ),
    _shape(
        ("ignored", "missed"),
        r"(?:ignored|missed)\b(?! (?:nothing|no|none|lunch|dinner|it by|out|us|them|him|her|the (?:sla|meeting|call"
        r"|stand-up))\b)",
        SOME,
    ),
    _shape(
        ("skip", "bypass", "circumvent", "sidestep", "violat", "breached", "flout"),
        r"(?:skipped|skips|bypassed|bypasses|circumvented|sidestepped|violated|violates|breached|flouted)\b"
        rf"(?=[^.;]{{0,50}}\b{_CHECKS}\b)",
        _ANY,
    ),
    _shape(
        ("broke", "breaks"),
        r"(?:broke|breaks)\b(?![^.;]{0,60}\b(?:into|down|up|apart|out|off|even|through|ground|the news|the silence"
        r"|free)\b)",
        _ONE,
    ),
    _shape(("took", "brought"), rf"(?:took|brought) (?:down {_ALL}|{_ALL} (?:down|offline))\b", _ONE),
    _shape(
        ("caus", "triggered", "provoked", "created", "produced"),
        rf"(?:caused|triggered|causes|provoked|created|produced) (?:(?:the|an|a|this|that|our|another"
        rf"|all) )?(?:\w+ ){{0,2}}{_HARM}\b",
        _ONE,
        not_mended,
    ),
    _shape(
        ("failed to", "fails to", "failing to", "omitted to"),
        r"(?:failed|fails|failing|omitted) to (?:\w+ly )?(?P<verb>[a-z-]+)",
        _ANY | {SubjectKind.STRANGER},
        duty,
    ),
    _shape(
        ("did not", "had not", "didn't", "hadn't", "never"),
        r"(?P<aux>(?:did|had)(?= not|n't)|never)(?: not|n't)? "
        r"(?:(?:even|actually|properly|explicitly|bother|fully|also|thoroughly|once|first"
        r"|correctly) )?(?:to )?(?P<verb>[a-z-]+)",
        _ANY,
        undone,
    ),
    _shape(
        ("nobody", "no one", "no-one", "none of", "neither", "nor "),
        r"(?:bothered|checked|tested|verified|reviewed|read|followed|asked|escalated|told|documented|thought (?:to"
        r"|of)|updated"
        rf"|looked at|questioned|validated|cared|caught|spotted|noticed(?=[^.;]{{0,30}}\b{_SIGNS}\b))\b",
        frozenset({SubjectKind.NOBODY}),
        unexplained,
    ),
    _shape(
        SLIP_STEMS,
        rf"{SLIPPED} (?!by\b)(?:[a-z-]+(?:ed|ing)|ran|made|put|sent|took|set|cut|left|gave|chose|began|wrote|shut"
        rf"|hit|thought|let"
        r"|lost|overwrote|read|told|broke|reset|kept)\b",
        _ANY,
        lambda found, agent: agent.kind is not SubjectKind.SHARED or found[0].lower().startswith(("accid", "unint", "by ")),
    ),
    _shape(
        ("bad ", "broken", "faulty", "untested", "unreviewed", "unapproved", "unvalidated", "bug", "erroneous", "invalid",
         "defect", "flawed", "malformed", "half-f", "incomplete", "wrong", "incorrect", "regression", "vulnerab", "typo",
         "mistake", "syntax e"),
        rf"(?:{_MOVED})\s+{_ARTICLES}(?:\w+ )?{_BAD}\b",
        SOME,
        not_mended,
    ),
    _shape(
        ("wrong", "incorrect", "improper"),
        rf"(?:{_TOUCHED})\s+(?:{_ARTICLES}(?:wrong|incorrect)\b(?!-)"
        r"|(?:[\w'-]+ ){1,5}(?:incorrectly|wrongly|improperly|(?:in|into|on|to|at|against|from|for) (?:the |a )?"
        r"(?:wrong|incorrect))\b)",
        SOME,
    ),
    _shape(
        ("wrong", "incorrect"),
        rf"(?:enter(?:ed|s)|click(?:ed|s)|press(?:ed|es)|typ(?:ed|es)|pulled|unplugged|chose) {_ARTICLES}(?:wrong"
        rf"|incorrect)\b",
        frozenset({SubjectKind.SHARED}),
    ),
    _shape(
        ("confus", "mistook", "mixed up", "transposed", "rubber", "clobber", "ruined", "the gun", "conceal", "lied ",
         "hard-coded", "hardcoded", "refused", "omitted", "fell asleep"),
        r"(?:confused (?:the|a|an|two|both|his|her|one)\b(?=[^.;]{1,60}\b(?:with|and|for)\b)|mistook|mixed up"
        r"|transposed|rubber[- ]?stamped|clobbered|ruined|jumped the gun|concealed|lied|hard-?coded|refused to|omitted"
        r"|fell asleep)\b",
        SOME,
    ),
    _shape(
        ("slow ", "late ", "too long", "too late", "too slow", "paying attention"),
        r"(?:(?:was|were) (?:far |too |very )*(?:slow|late) (?:to|in|with)|took (?:far |much )?too long"
        r"|waited (?:far |much )?too long|(?:(?:re)?acted|responded) too (?:late|slowly)|(?:(?:was|were) not"
        r"|wasn't) paying attention)\b",
        SOME,
    ),
    _shape(
        ("production ", "prod "),
        r"(?:deleted|dropped|wiped|erased|destroyed|truncated|corrupted|crashed|nuked|overwrote|trashed) "
        r"(?:the |our |a |an )?(?:entire |whole |live )?"
        r"(?:production|prod) (?:database|db|tables?|data|cluster|environment|volumes?|bucket|systems?|server)\b",
        _ONE,
    ),
    _shape(
        ("let ", "allowed "),
        r"(?:let|allowed) (?:[\w-]+ ){1,4}?(?:to )?(?:expire|lapse|run out|fill up)\b",
        SOME,
    ),
    _shape(
        ("committed", "pasted", "published", "leaked", "exposed", "posted", "uploaded", "pushed", "shared ", "logged ", "copied"),
        rf"(?:committed|pasted|published|leaked|exposed|posted|uploaded|pushed|shared|logged"
        rf"|copied)\b (?=(?:[\w-]+ ){{0,4}}{_HIDDEN}\b"
        rf"[^.;]{{0,40}}\b{_SHARED}\b)",
        SOME,
    ),
    _shape(("left",), rf"left (?:[\w'-]+ ){{1,7}}{_UNSAFE}\b", SOME | {SubjectKind.SHARED}),
    _shape(("without",), rf"without {_FILLERS}{_CARE}\b", _ANY, of_one, whole_clause=True),
    _shape(
        ("by mistake", "by accident", "in error", "unintention", "accidentally"),
        r"(?:by mistake|by accident|in error|unintentionally|accidentally)(?=[ ]*(?:[.,;)]|$|while|when|and|during))",
        SOME | {SubjectKind.SHARED},
        whole_clause=True,
    ),
)  # fmt: skip
