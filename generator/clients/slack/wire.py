"""One call of Slack's Web API: what is repeated, what is waited for, and what each failure is called."""

import logging
from collections.abc import Callable, Mapping
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from generator import __version__
from generator.clients.http.retry import RetryPolicy, spoken
from generator.clients.slack.failures import BUSY, TROUBLE, SlackError, refusal, word_of
from generator.settings.slack import SlackConnection

WAITS = RetryPolicy(tries=4, base=1.0, cap=60.0, timeouts=(20.0, 20.0))
PATIENCE = 180.0
_FOREIGN = "what came is not Slack's"


class _Web(WebClient):
    """The library's client, whose token never follows a redirection to another place."""

    def _perform_urllib_http_request_internal(self, url: str, req: Any) -> dict[str, Any]:
        held = req.headers.pop("Authorization", None)
        if held:
            req.add_unredirected_header("Authorization", held)
        answer: dict[str, Any] = super()._perform_urllib_http_request_internal(url, req)
        return answer


class SlackTransport:
    """Calls methods; waits where Slack asks for it, `PATIENCE` seconds in all."""

    def __init__(self, connection: SlackConnection, waits: RetryPolicy | None = None) -> None:
        waits = waits or WAITS
        quiet = logging.Logger("slack", logging.CRITICAL)  # it would print to stderr what it sends and gets
        quiet.disabled = True
        self.web = _Web(
            connection.token.reveal(),
            base_url=f"{connection.api}/",
            timeout=int(waits.timeouts[1]),
            logger=quiet,
            retry_handlers=[],  # the library's own would post twice after a broken connection
            user_agent_prefix=f"postmortem-archive/{__version__}",
        )
        self.web.proxy = None  # the standard library finds it and, unlike this one, heeds NO_PROXY
        self._api = connection.api
        self._waits = waits
        self._waited = 0.0
        self.requests_made = 0

    def call(self, method: str, ask: Callable[..., Any], *, safe: bool, **arguments: Any) -> Mapping[str, Any]:
        """The answer of one method; `safe` where asking twice is the same as once.

        Raises SlackError for everything that goes wrong.
        """
        attempt = 0
        while True:
            attempt += 1
            self.requests_made += 1
            headers: Mapping[str, str] = {}
            try:
                answer = ask(**arguments).data
            except SlackApiError as error:
                headers = {str(name): str(value) for name, value in error.response.headers.items()}
                failure, again = _judged(method, error.response.status_code, error.response.data, safe=safe)
            except (OSError, HTTPException, ValueError, AttributeError, SlackClientError) as error:
                # AttributeError: the library stumbles over JSON that is no object
                again = safe or _refused(error)
                failure = self._unanswered(method, error, sent=not again)
            else:
                if isinstance(answer, dict):
                    return answer
                raise SlackError(f"{method}: the answer is not Slack's. Is SLACK_API_URL right?", "slack-unreachable")
            wait = self._waits.after(attempt, {name.title(): value for name, value in headers.items()})
            if not again or attempt >= self._waits.tries or wait > self._waits.cap or self._waited + wait > PATIENCE:
                if failure.code == "slack-busy":
                    failure = SlackError(f"Slack asks to be left alone for {spoken(wait)}.", "slack-busy", fatal=True)
                raise failure from None
            self._waited += wait
            self._waits.sleep(wait)

    def _unanswered(self, method: str, error: Exception, *, sent: bool) -> SlackError:
        if sent:
            return SlackError(
                f"{method}: the connection broke, so it is not known whether it was sent.", "outcome-unknown"
            )
        reason = getattr(error, "reason", error)
        why = getattr(reason, "strerror", None) or (type(reason).__name__ if isinstance(reason, OSError) else _FOREIGN)
        return SlackError(f"{method}: {self._api} gave no answer ({why}).", "slack-unreachable", fatal=True)


def _judged(method: str, status: int, answer: object, *, safe: bool) -> tuple[SlackError, bool]:
    """The error for an answer that is none, and whether to ask again."""
    said = answer if isinstance(answer, dict) else {}
    word = word_of(said)
    if status == 429 or word in BUSY:
        return SlackError("Slack asks to be left alone.", "slack-busy", fatal=True), True
    if status >= 500 or word in TROUBLE:
        if safe:
            return SlackError(f"{method}: Slack has trouble (status {status}).", "slack-unreachable", fatal=True), True
        words = f"{method}: Slack has trouble (status {status}), so it is not known whether it was sent."
        return SlackError(words, "outcome-unknown"), False
    return refusal(method, said), False


def _refused(error: Exception) -> bool:
    """Whether the connection was never made, so that nothing can have been sent."""
    return isinstance(getattr(error, "reason", error), ConnectionRefusedError)
