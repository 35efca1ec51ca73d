"""Holds exchanges with the stand-in against GitHub's own description, which lies outside of the repository."""

import functools
import json

from tests import outside

FILE = "derived.github-rest.subset.json"
# What the description leaves out; the shapes of these are checked by hand.
NOT_DESCRIBED = ("/reviews", "/requested_reviewers", "/assignees", "/labels", "/events")


@functools.cache
def _api():
    from openapi_core import Config, OpenAPI

    read = json.loads(outside.contract(FILE).read_text(encoding="utf-8"))
    return OpenAPI.from_dict(read, config=Config(spec_validator_cls=None))


def violations(exchanges) -> list[str]:
    """What the description says against requests that were done, and against all their answers."""
    return [f"{one.method} {one.path} {one.status}: {text}" for one in exchanges for text in _faults(one)]


def _faults(exchange) -> list[str]:
    from openapi_core.exceptions import OpenAPIError
    from openapi_core.testing import MockRequest, MockResponse

    if exchange.path.endswith(NOT_DESCRIBED) or ("/pulls/" in exchange.path and exchange.path.endswith("/comments")):
        return []
    if "/labels/" in exchange.path or "/assignees/" in exchange.path:
        return []
    if exchange.status >= 400:
        return []
    data = json.dumps(exchange.sent).encode() if exchange.sent else None
    request = MockRequest(
        "https://api.github.com",
        exchange.method.lower(),
        exchange.path,
        args=exchange.query,
        data=data,
        content_type="application/json",
    )
    response = MockResponse(
        json.dumps(exchange.answer).encode(), status_code=exchange.status, content_type="application/json"
    )
    found = []
    for check in (lambda: _api().validate_request(request), lambda: _api().validate_response(request, response)):
        try:
            check()
        except OpenAPIError as fault:
            causes = getattr(fault.__cause__, "schema_errors", None) or [fault.__cause__ or fault]
            found += [str(cause)[:300] for cause in causes]
    return found
