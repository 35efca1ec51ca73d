"""Why no answer came, and whether what was asked may have been done; values that remember nothing of the request."""

import ssl
from collections.abc import Iterator
from dataclasses import dataclass

import requests
from urllib3.exceptions import NewConnectionError


@dataclass(frozen=True, slots=True)
class Failure:
    """Why no answer came; `sent` where the request may have arrived, `again` where asking again may help."""

    text: str
    sent: bool
    again: bool = True


TOO_LONG = Failure("the answer is longer than anything expected", sent=True, again=False)


def failure_of(problem: requests.RequestException) -> Failure:
    """What is known after an exception of `requests`; its own text is not used, for it may hold what was sent."""
    causes = list(_causes(problem))
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        text = "its certificate is not trusted on this machine (REQUESTS_CA_BUNDLE names a company's own authority)"
        return Failure(text, sent=False, again=False)
    if isinstance(problem, requests.exceptions.ProxyError):
        return Failure("the proxy that the environment names does not connect to it", sent=False)
    if isinstance(problem, requests.exceptions.ConnectTimeout):
        return Failure("it did not take the connection in time", sent=False)
    if any(isinstance(cause, NewConnectionError) for cause in causes):
        return Failure("no connection could be made", sent=False)
    if isinstance(problem, requests.exceptions.Timeout) or any("timed out" in str(cause) for cause in causes):
        return Failure("it did not answer in time", sent=True)
    if isinstance(problem, ValueError) and not isinstance(problem, requests.ConnectionError):
        return Failure("this address or these credentials cannot be sent", sent=False, again=False)
    return Failure("the connection broke", sent=True)


def _causes(problem: BaseException) -> Iterator[BaseException]:
    """The exception and everything that it wraps, be it as a cause, a reason or an argument."""
    waiting: list[object] = [problem]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if isinstance(one, BaseException) and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
