"""Webhooks over the API: registered, listed, changed and removed as an administrator does."""

from jira_sandbox.exchange import Answer, Json, RefusedError, Request
from jira_sandbox.site import Site
from jira_sandbox.webhooks import Hook

PLACE = "/rest/webhooks/1.0/webhook"


def listing(site: Site, _request: Request) -> Answer:
    """`GET /rest/webhooks/1.0/webhook`."""
    return Answer(body=[_shown(site, hook) for hook in site.webhooks.hooks.values()])


def create(site: Site, request: Request) -> Answer:
    """`POST /rest/webhooks/1.0/webhook`: name, url, events, secret, excludeBody."""
    body = request.object()
    url, events = _checked(body)
    hook = site.webhooks.register(
        url,
        events,
        str(body.get("secret") or ""),
        str(body.get("name") or url),
        exclude_body=bool(body.get("excludeBody")),
    )
    hook.filters = body.get("filters") or {}
    return Answer(201, _shown(site, hook))


def read(site: Site, _request: Request, number: str) -> Answer:
    """`GET /rest/webhooks/1.0/webhook/{id}`."""
    return Answer(body=_shown(site, _found(site, number)))


def replace(site: Site, request: Request, number: str) -> Answer:
    """`PUT /rest/webhooks/1.0/webhook/{id}`."""
    hook, body = _found(site, number), request.object()
    hook.url, hook.events = _checked({"url": hook.url, "events": hook.events, **body})
    hook.secret, hook.enabled = str(body.get("secret", hook.secret)), bool(body.get("enabled", hook.enabled))
    return Answer(body=_shown(site, hook))


def remove(site: Site, _request: Request, number: str) -> Answer:
    """`DELETE /rest/webhooks/1.0/webhook/{id}`."""
    del site.webhooks.hooks[_found(site, number).id]
    return Answer(204)


def _checked(body: Json) -> tuple[str, list[str]]:
    url, events = body.get("url"), body.get("events", [])
    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        raise RefusedError(400, "The url of the webhook is not valid.")
    if not isinstance(events, list) or not all(isinstance(one, str) for one in events):
        raise RefusedError(400, "events must be a list of names.")
    return url, events


def _found(site: Site, number: str) -> Hook:
    hook = site.webhooks.hooks.get(int(number)) if number.isdecimal() else None
    if hook is None:
        raise RefusedError(404, f"There is no webhook with id {number}.")
    return hook


def _shown(site: Site, hook: Hook) -> Json:
    return {
        "name": hook.name,
        "url": hook.url,
        "excludeBody": hook.exclude_body,
        "filters": hook.filters,
        "events": hook.events,
        "enabled": hook.enabled,
        "isSigned": bool(hook.secret),
        "self": f"{site.base}{PLACE}/{hook.id}",
    }
