"""The words that real documents use for the parts of a postmortem, and the one name each part has here."""

import re
from functools import lru_cache

from generator.document.model import ActionStatus
from generator.markup.markdown import normal

# Canonical key → the pattern that a whole normalised heading must match.
_SECTIONS = {
    "summary": r"(?:(?:executive|incident|issue|event|outage|high[- ]level|quick|brief)\s+)*(?:summary|overview|synopsis|abstract|tl\s?;?\s?dr)(?:\s+of\s+.+)?|what happened|in brief",
    "impact": r"(?:(?:end|user|customer|business|client|service|incident|overall|infrastructure|productivity)\s+)*impacts?(?:\s+(?:assessment|analysis|summary|statement|and\s+.+))?|(?:customer|user|business)\s+(?:facing\s+)?impact.*|who was affected|affected users|scope(?: of impact)?|(?:customer|user)\s+(?:experience|effects?)",
    "detection": r"(?:incident\s+)?detection.*|how (?:was it|did we|we|was the issue) (?:detected|notice|found|find).*|discovery",
    "timeline": r"(?:(?:incident|detailed|full|events?|outage|response|key|rough)\s+)*(?:time\s?-?\s?lines?|chronology|(?:sequence|chain) of events|event log|log of events|key (?:events|dates|times|moments)|incident log)(?:\s+(?:-\s+)?(?:of\s+.+|in\s+.+|for\s+.+|\w+/\w+.*|(?:all |the )?times?\b.*|(?:utc|gmt|[a-z]{2,4}t|pacific|eastern|central|mountain|local|berlin|london)\b.*|all .+|summary|day \d+|\d.*))?",
    "root-cause": r"(?:(?:the|probable|likely|underlying|technical|proximate|direct|immediate|primary)\s+)*(?:root\s+)?causes?(?:\s+(?:analysis|of\s+.+|and\s+(?:trigger|effect|mitigation|fix).*|identification|explanation))?|root causes?(?:\s*/\s*s?)?|root causes?|rca|why did (?:it|this) happen|what (?:was the cause|caused .+|went on)|(?:five|5) whys?.*|technical (?:analysis|details?|explanation)|diagnosis",
    "trigger": r"triggers?",
    "contributing-factors": r"(?:contributing|contributory|causal|aggravating)\s+(?:factors?|causes?|conditions?)|(?:contributors?|contributing)(?: and .+)?",
    "resolution": r"(?:(?:incident|the)\s+)*(?:resolutions?|mitigations?|remediations?|recovery|fix|fixes|solution|how (?:it|we|was it) (?:was )?(?:fixed|resolved|mitigated).*)(?:\s+(?:and|&|/)\s+(?:recovery|mitigation|resolution|remediation|.+))?(?:\s+steps?)?|containment(?: and eradication)?|how did we (?:fix|resolve|recover|mitigate).*",
    "action-items": r"(?:(?:immediate|resulting|review|long[- ]term|short[- ]term|follow[- ]?up|corrective|preventi(?:ve|tive)|preventative|post[- ]?(?:incident|mortem)|remediation|planned|open|proposed|mitigation)(?:\s*(?:and|&|/|,)\s*|\s+))*(?:action[- ]?items?|actions?(?:\s+(?:taken|to take|points?|plan|list))?|follow[- ]?ups?(?:\s+(?:items?|tasks?|work))?|to\s?-?do(?:s|\s+list)?|tasks?|next steps?(?:\s+(?:and|&)\s+.+)?|measures?)(?:\s+(?:and|&)\s+.+|\s+completed|\s+done)?|prevention|moving forward|what are we doing.*|how (?:do|can|will) we prevent.*|(?:remediation|mitigation) (?:items?|tasks?|plan)|(?:(?:process|technical|documentation|monitoring)\s+)?improvements?",
    "lessons-learned": r"(?:key\s+)?(?:lessons?(?:\s+(?:learn(?:ed|t)|learnings?))?|learnings?|take\s?-?aways?|retrospective|what (?:did we|we(?:'ve)?) (?:learn(?:ed|t)?))(?:\s+(?:and|&)\s+.+)?|reflections?",
    "went-well": r"(?:things\s+)?(?:what\s+)?(?:went|did we do|we did|worked|has gone)\s+(?:well|right|good)|what worked(?: well)?|(?:the\s+)?good|what we did well|positives?|successes",
    "went-wrong": r"(?:things\s+)?(?:what\s+)?(?:went|did|we did|has gone|could have gone)\s+(?:wrong|badly|poorly|less well|not (?:so )?well|better)|what (?:didn't|did not) (?:go|work)(?: so)?(?: well)?|(?:things\s+)?that (?:didn't|did not) go well|what (?:could|can) (?:be|have been|we|go|have gone) (?:improved?|better|done better).*|(?:the\s+)?bad|areas? (?:for|of) improvement|where we (?:can|could) improve|negatives?|what we could have done better",
    "lucky": r"(?:where|how|what|things)?\s*+(?:we|did we)?\s*+(?:got|get|were)\s++(?:lucky|unlucky)(?:\s+(?:and|or)\s+.+)?|luck|(?:the\s+)?lucky",
    "background": r"backgrounds?(?: and context| information)?|context|introduction|preface|history",
    "attendees": r"attendees?|participants?|people(?: involved)?|(?:incident\s+)?(?:response team|responders|roles)|who(?: was involved| is involved)?|present|team",
    "references": r"references?|links?|supporting (?:information|material|documents?).*|appendi(?:x|ces).*|resources|further reading|related(?: .+)?|additional information|see also|attachments?",
    "metrics": r"(?:key\s+)?(?:metrics|stats|statistics|numbers|facts|data|at a glance|incident data|charts?|graphs?)",
    "alerts": r"alerts?(?: fired)?|monitoring|alerting",
    "errors": r"errors?|error groups?|error messages?|stack traces?|logs?",
    "releases": r"releases?(?:\s+(?:around .+|and deployments?))?|deployments?|changes?(?: around .+)?",
}
_COMPILED = {key: re.compile(pattern) for key, pattern in _SECTIONS.items()}
SECTIONS = tuple(_SECTIONS)

TIMELINE_COLUMNS = {
    "time": (
        "time",
        "time utc",
        "when",
        "timestamp",
        "date",
        "date/time",
        "date & time",
        "datetime",
        "date time",
        "date and time",
        "time gmt",
        "utc",
        "clock",
    ),
    "event": (
        "event",
        "events",
        "description",
        "what",
        "what happened",
        "action",
        "details",
        "detail",
        "entry",
        "activity",
        "message",
        "note",
        "notes",
        "status",
        "update",
    ),
    "source": ("source", "sources", "from", "origin", "where", "reference", "link", "evidence"),
}
ACTION_COLUMNS = {
    "number": ("#", "no", "number", "id", "nr", "ai", "item #"),
    "action": (
        "action",
        "action item",
        "action items",
        "item",
        "task",
        "what",
        "description",
        "follow-up",
        "follow up",
        "todo",
        "title",
        "remediation",
        "corrective action",
    ),
    "owner": (
        "owner",
        "owners",
        "assignee",
        "who",
        "responsible",
        "assigned to",
        "assigned",
        "person",
        "team",
        "lead",
        "dri",
    ),
    "due": ("due date", "due", "deadline", "target date", "by when", "eta", "date", "when", "target"),
    "status": ("status", "state", "progress", "done"),
    "ticket": (
        "ticket",
        "tickets",
        "issue",
        "jira",
        "link",
        "tracking",
        "tracking issue",
        "bug",
        "reference",
        "url",
        "pr",
        "tracker",
        "jira ticket",
        "github issue",
    ),
    "type": ("type", "kind", "category", "class", "term"),
    "priority": ("priority", "prio", "importance", "urgency"),
}
NOBODY = frozenset(
    {
        "",
        "-",
        "–",
        "—",
        "?",
        "??",
        "???",
        "n/a",
        "na",
        "none",
        "nobody",
        "no one",
        "tbd",
        "tba",
        "tbc",
        "todo",
        "unassigned",
        "unknown",
        "unowned",
        "…",
        "...",
    }
)

_STATUSES = {
    ActionStatus.COMPLETED: {
        "completed",
        "complete",
        "done",
        "closed",
        "fixed",
        "resolved",
        "finished",
        "shipped",
        "merged",
        "x",
        "yes",
        "✅",
        "✔",
        "✔️",
        "☑",
        "☑️",
        ":white_check_mark:",
        "deployed",
        "released",
        "landed",
    },
    ActionStatus.IN_PROGRESS: {
        "in progress",
        "in-progress",
        "inprogress",
        "ongoing",
        "wip",
        "started",
        "doing",
        "in review",
        "in-review",
        "under review",
        "active",
        "working",
        "🚧",
        "partially done",
        "underway",
        "blocked",
        "scheduled",
    },
    ActionStatus.WONT_DO: {
        "won't do",
        "wont do",
        "won't fix",
        "wontfix",
        "wont-do",
        "rejected",
        "cancelled",
        "canceled",
        "declined",
        "dropped",
        "abandoned",
        "obsolete",
        "duplicate",
        "not doing",
        "skipped",
        "n/a",
        "not planned",
        "❌",
    },
    ActionStatus.OPEN: {
        "",
        "open",
        "todo",
        "to do",
        "to-do",
        "new",
        "not started",
        "planned",
        "backlog",
        "pending",
        "no",
        "tbd",
        "-",
        "—",
        "–",
        "reopened",
        "created",
        "filed",
        "ready",
        "triage",
    },
}
_STATUS_OF = {word: status for status, words in _STATUSES.items() for word in words}


@lru_cache(maxsize=4096)
def section_key(title: str) -> str:
    """The canonical key of a heading, empty where it is not a known part of a postmortem."""
    name = normal(title)
    if len(name) > 80:
        return "timeline" if re.match(r"(?:\w+ )?time ?line (?:all |the )?times?\b", name) else ""
    for key, pattern in _COMPILED.items():
        if pattern.fullmatch(name):
            return key
    return ""


def action_status(cell: str) -> ActionStatus | None:
    """The status that a cell means, `OPEN` for an empty one, None where the word is not known."""
    folded = cell.casefold().replace("\u2019", "'").strip(" .")
    return _STATUS_OF.get(folded) or _STATUS_OF.get(folded.split(" (", 1)[0].strip(" ✅✔🚧")) or None
