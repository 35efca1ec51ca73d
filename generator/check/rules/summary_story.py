"""The summary says what happened, who was affected and what it meant for the business."""

import re
from collections.abc import Iterator

from generator.check.rule import LATE_WARNING, Context, Hit, Rule
from generator.check.text import reading
from generator.check.words import TODO, says_nobody
from generator.document.parse import Document

FEWEST_WORDS = 12
# Both are for text in lower case.
_WHO = re.compile(
    r"\b(?:users?|customers?|visitors?|clients?|consumers?|people|persons?|everyone|everybody|anyone|anybody|shoppers?"
    r"|buyers?|sellers?|merchants?|tenants?|subscribers?|members?|participants?|accounts?|guests?|readers?|viewers?|players?"
    r"|patients?|students?|teachers?|citizens?|residents?|drivers?|riders?|passengers?|travell?ers?|callers?|partners?"
    r"|suppliers?|carriers?|developers?|employees?|staff|colleagues|organi[sz]ations?|companies|contributors?|validators?"
    r"|node operators?|farmers?|stakers?|holders?|depositors?|audience|public|admins?|administrators?|support agents?)\b"
)
# Words that tell what an incident meant for the business: money, customers' doings, duties, data, and what could not
# be done.
_BUSINESS = re.compile(
    r"\b(?:orders?|sales?|revenues?|payments?|pay|paid|purchas\w+|buy|transactions?|bookings?|reservations?|checkouts?"
    r"|refund\w*|invoices?|billing|charg(?:e|es|ed|ing)|costs?|money|losses|loss|lost|slas?|slos?|error budgets?"
    r"|contracts?|penalt\w+|fines|legal\w*|regulat\w+|complian\w+|trust|reputation|churn|support|contacts?|complaints?"
    r"|sign(?:ed)?[- ]?(?:up|in)s?|registrations?|log(?:ged)?[- ]?ins?|subscri\w+|deliver\w+|shipments?|downloads?|uploads?"
    r"|business|conversions?|traffic|e-?mails|data (?:was|is|were|loss|breach)|personal data|exports?|backups?|funds|deposits?"
    r"|withdrawals?|assets|stolen|unreadable|could(?: not|n't) \w+|were (?:not able|unable)|was(?: not|n't) possible)\b"
    r"|[€$£¥]|\b(?:eur|usd|gbp|chf|jpy|eth|btc|xch)\b"
)


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """What a reader from outside would have to ask back."""
    seen = reading(document)
    part = seen.part("summary")
    if part is None or TODO in seen.text_of(part) or seen.is_empty(part):
        return
    prose = seen.text_of(part).lower()
    if len(prose.split()) < FEWEST_WORDS:
        hint = "What could users not do, from when to when, and what made it possible?"
        yield Hit(part.line, "The summary hardly says what happened.", hint)
        return
    lacking = []
    if not says_nobody(prose):
        lacking += [] if _WHO.search(prose) else ["who was affected"]
        lacking += [] if _BUSINESS.search(prose) else ["what it meant for the business"]
    if lacking:
        hint = " ".join(_QUESTIONS[what] for what in lacking)
        yield Hit(part.line, f"The summary does not say {' and '.join(lacking)}.", hint)


_QUESTIONS = {
    "who was affected": "Who noticed: customers, visitors, colleagues, nobody?",
    "what it meant for the business": "What did it cost: orders, money, promises, support requests, trust, data?",
}
RULE = Rule(
    id="summary-story",
    title="The summary says what happened, to whom, and what it meant",
    why="A product manager decides from the summary whether to read on and whom to tell.",
    before="PgBouncer reported `query_wait_timeout` after the release of v2.3.1, because of a sequential scan.",
    after="For 43 minutes, three out of five customers who pressed “Pay now” saw an error.\nAbout 730 orders, roughly €42,000, did not come back within a day.",
    check=check,
    **LATE_WARNING,
)
