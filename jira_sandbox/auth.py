"""Who asks: Basic with e-mail and token on Cloud, a bearer token on Data Center; and what a browser may not do."""

import base64
import binascii
import hmac

from jira_sandbox.exchange import Answer, Json, RefusedError, Request
from jira_sandbox.people import BOT
from jira_sandbox.site import Site

TOKEN = "sandbox-token-of-the-bot"  # noqa: S105 - it opens nothing but the sandbox
REASON = "x-seraph-loginreason"
XSRF = Answer(403, b"XSRF check failed", {}, "text/html;charset=UTF-8")
ANONYMOUS = "Client must be authenticated to access this resource."


def who(site: Site, headers: dict[str, str]) -> Json | None:
    """The user of a request; None where nobody is named. Wrong credentials are a 401."""
    scheme, _, given = headers.get("authorization", "").partition(" ")
    if not scheme:
        return None
    name = ""
    if site.cloud and scheme.lower() == "basic":
        try:
            name, _, given = base64.b64decode(given, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            given = ""
    elif site.cloud or scheme.lower() != "bearer":
        given = ""
    for user in site.store.all("user"):
        token = user["token"] or (TOKEN if user["id"] == BOT else "")
        right = token and hmac.compare_digest(token.encode(), given.encode())
        if right and user["active"] and (not site.cloud or user["emailAddress"].lower() == name.lower()):
            return user
    raise RefusedError(401, ANONYMOUS)


def suspicious(site: Site, request: Request, reads: bool) -> Answer | None:
    """The 403 for a request that a page in a browser may have forged."""
    if request.headers.get("x-atlassian-token", "").lower() == "no-check":
        return None
    if request.path.endswith("/attachments") and request.method == "POST":
        return XSRF
    if not reads and request.headers.get("user-agent", "").startswith("Mozilla"):
        return XSRF
    origin = request.headers.get("origin", "")
    return XSRF if not reads and origin and origin != site.base else None
