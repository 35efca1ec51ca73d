"""Holds exchanges against Atlassian's own OpenAPI descriptions, which lie outside of the repository.

The requests of a client and the answers of the sandbox are checked alike, so that neither can be wrong in the same way as
the other.
"""

import functools
import json
from collections.abc import Iterable

from tests import outside

FILES = {True: "derived.jira-v3.subset-fixed.json", False: "derived.jira-dc-10.3.fixed.json"}
HOSTS = {True: "https://your-domain.atlassian.net", False: "https://jira.example.com"}
# What the descriptions do not have, or have wrong; checked by hand in the other tests.
NOT_DESCRIBED = ("/user/properties", "/field/search", "/status", "/priority", "/resolution", "/attachment/content")
# Lists that Data Center's description has as lists; the others it describes by one item.
LISTS = ("/field", "/status", "/priority", "/remotelink", "/user/search")


@functools.cache
def description(cloud: bool):
    """The description of a dialect, ready to be asked."""
    from openapi_core import Config, OpenAPI

    read = json.loads(outside.contract(FILES[cloud]).read_text(encoding="utf-8"))
    _repair(read, cloud)
    return OpenAPI.from_dict(read, config=Config(spec_validator_cls=None)), set(read["paths"])


def _repair(read: dict, cloud: bool) -> None:
    """Mend what the descriptions say against Jira's own answers and their own examples."""
    schemas = read["components"]["schemas"]
    for name in ("from", "fromString", "to", "toString"):
        schemas["ChangeDetails" if cloud else "ChangeItemBean"]["properties"][name]["nullable"] = True
    if cloud:
        schemas["BulkIssueResults"]["properties"]["expand"] = {"type": "string"}
        return
    schemas["EntityPropertyBean"]["properties"]["value"] = {}
    schemas["UserBean"]["properties"]["name"]["nullable"] = True
    paths = read["paths"]
    for place in ("/user/properties/{propertyKey}", "/issue/{issueIdOrKey}/properties/{propertyKey}"):
        paths[f"/rest/api/2{place}"]["put"]["requestBody"]["content"]["application/json"]["schema"] = {}
    created = paths["/rest/api/2/issue/{issueIdOrKey}/remotelink"]["post"]["responses"]
    created["201"] = created["200"]
    search = paths["/rest/api/2/search"]["get"]
    search["parameters"] = [one for one in search["parameters"] if one["name"] not in {"expand", "fields"}]


def violations(exchanges: Iterable, *, answers: bool = True) -> list[str]:
    """What the description of its dialect says against each exchange; `answers=False` looks at requests only.

    Requests that Jira refused are left out: tests send wrong ones on purpose.
    """
    found = []
    for exchange in exchanges:
        if exchange.path.startswith(("/rest/api/3/", "/rest/api/2/")):
            found += [
                f"{exchange.method} {exchange.path} {exchange.status}: {text}" for text in _faults(exchange, answers)
            ]
    return found


def _faults(exchange, answers: bool) -> list[str]:
    from openapi_core.exceptions import OpenAPIError
    from openapi_core.testing import MockRequest, MockResponse

    cloud = exchange.path.startswith("/rest/api/3/")
    api, _ = description(cloud)
    if any(part in exchange.path for part in NOT_DESCRIBED) and not _described(cloud, exchange.path):
        return []
    request = MockRequest(
        HOSTS[cloud],
        exchange.method.lower(),
        exchange.path,
        args=dict(exchange.query),
        data=exchange.raw or None,
        content_type=exchange.headers.get("content-type", "application/json").split(";")[0],
        headers={
            "Authorization": "Basic eDp5" if cloud else "Bearer x",
            **{name: exchange.headers[name] for name in ("x-atlassian-token",) if name in exchange.headers},
        },
    )
    found = []
    upload = exchange.path.endswith("/attachments")
    if exchange.status < 400 and not upload:
        try:
            api.validate_request(request)
        except OpenAPIError as fault:
            found += [f"request: {told}" for told in [_told(fault)] if told]
    for content in _answers(exchange) if answers else ():
        response = MockResponse(content, status_code=exchange.status, content_type="application/json")
        try:
            api.validate_response(request, response)
        except OpenAPIError as fault:
            found += [f"answer: {told}" for told in [_told(fault)] if told]
    return found


def _answers(exchange) -> list[bytes]:
    """The bodies to look at: none where there is none or a refusal; of a list on Data Center, which is described by one item, each."""
    if not exchange.answer or not 200 <= exchange.status < 300:
        return []
    try:
        body = json.loads(exchange.answer)
    except ValueError:
        return [exchange.answer]  # which is a violation, and told as one
    listed = isinstance(body, list) and exchange.path.startswith("/rest/api/2/") and not exchange.path.endswith(LISTS)
    return [json.dumps(one).encode() for one in body] if listed else [exchange.answer]


def _described(cloud: bool, path: str) -> bool:
    steps = path.split("/")
    return any(
        len(known := one.split("/")) == len(steps)
        and all(a == b or a.startswith("{") for a, b in zip(known, steps, strict=True))
        for one in description(cloud)[1]
    )


def _told(fault: BaseException) -> str:
    """The innermost causes of a fault; nothing where it is only the colon that Jira's time zones have not."""
    cause = fault
    while cause.__cause__ is not None:
        cause = cause.__cause__
    errors = getattr(cause, "schema_errors", None)
    if errors:
        errors = [one for one in errors if not (one.validator == "format" and one.validator_value == "date-time")]
        if not errors:
            return ""
    told = "; ".join(f"{'/'.join(map(str, one.absolute_path))}: {one.message[:200]}" for one in errors or [])
    return f"{type(fault).__name__} {told or cause}"
