"""What an answer means: nothing to complain of, or the error that a person sees."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from generator.clients.http.response import Response
from generator.errors import (
    MovedError,
    NotFoundError,
    OutcomeUnknownError,
    RefusedError,
    RemoteError,
    UnauthorisedError,
)

_SHOWN = 300
_LOGIN = re.compile(rb"log[ -]?in|sign[ -]?in|password", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RemoteService:
    """Who is asked: the name that people know, the host, and what helps where it does not accept the credentials."""

    name: str
    host: str
    advice: str = ""

    def __str__(self) -> str:
        return f"{self.name} ({self.host})" if self.name else self.host


def passing(status: int) -> bool:
    """Whether the status speaks of the moment only, so that asking again may help."""
    return status in {408, 425, 429} or status >= 500


def complaint(answer: Response, service: RemoteService, *, unsafe: bool, page: bool = False) -> RemoteError | None:
    """The error that an answer is, or None; a status that is `passing` is not asked about.

    `unsafe` says that what was sent must not be sent twice, `page` that HTML may be what was asked for.
    """
    if answer.status < 300:
        return _stranger(answer, service) or (None if page else _page(answer, service, unsafe=unsafe))
    if answer.status < 400:
        return moved(answer, service)
    if answer.status == 401:
        return UnauthorisedError(f"{service} does not accept the credentials (401). {service.advice}".strip())
    reason = answer.headers.get("X-Seraph-LoginReason", "") + answer.headers.get("X-Authentication-Denied-Reason", "")
    if answer.status == 403 and re.search("AUTHENTICATION_DENIED|CAPTCHA", reason, re.IGNORECASE):
        return UnauthorisedError(
            f"{service} refuses this account until its owner has logged in with a browser and solved a CAPTCHA (403)."
        )
    messages, fields = said(answer)
    words = "; ".join([*messages, *(f"{name}: {text}" for name, text in fields.items())])[:_SHOWN]
    if answer.status == 404:
        return NotFoundError(f"{answer.where}: there is no such thing, or this account may not see it. {words}".strip())
    return RefusedError(
        f"{answer.where} was refused ({answer.status}). {words}".strip(), answer.status, messages, fields
    )


def _stranger(answer: Response, service: RemoteService) -> RemoteError | None:
    """The error where Jira ignored the credentials and answered what a stranger may see, which is mostly nothing."""
    if "AUTHENTICATED_FAILED" not in answer.headers.get("X-Seraph-LoginReason", "").upper():
        return None
    return UnauthorisedError(
        f"{service} ignored the credentials, which are wrong, expired or revoked, and answered as to a stranger. "
        f"{service.advice}".strip()
    )


def _page(answer: Response, service: RemoteService, *, unsafe: bool) -> RemoteError | None:
    if not answer.is_page:
        return None
    if _LOGIN.search(answer.body[:50_000]):
        return UnauthorisedError(f"{answer.where} was answered with a log-in page. {service.advice}".strip())
    if unsafe:
        return OutcomeUnknownError(
            f"{answer.where} was answered with a page for a browser, so it is not known whether it was done."
        )
    return RemoteError(
        f"{answer.where} was answered with a page for a browser. Is the address the right one, or is a proxy between?"
    )


def moved(answer: Response, service: RemoteService) -> RemoteError:
    """The error for a redirect, which is never followed with credentials."""
    target = answer.headers.get("Location", "").partition("?")[0][:_SHOWN]
    if re.search("log-?in|sign-?in|/auth", target, re.IGNORECASE):
        return UnauthorisedError(f"{answer.where} was answered with the way to a log-in page. {service.advice}".strip())
    return MovedError(
        f"{answer.where} was answered with the way to {target or 'nowhere'} ({answer.status}). "
        "Redirects are not followed; set the address that it leads to.",
        target,
    )


def said(answer: Response) -> tuple[tuple[str, ...], dict[str, str]]:
    """What the other side says in general, and of single fields by their id."""
    try:
        body = answer.json()
    except RemoteError:
        return (() if answer.is_page else _texts([answer.body[:_SHOWN].decode("utf-8", "replace")])), {}
    if not isinstance(body, Mapping):
        return (), {}
    messages = [body.get("errorMessages"), body.get("message"), body.get("errorMessage"), body.get("error")]
    errors = body.get("errors")
    if isinstance(errors, Mapping):
        return _texts(messages), {str(name): str(text) for name, text in errors.items()}
    return _texts([*messages, errors]), {}


def _texts(values: list[object]) -> tuple[str, ...]:
    found: list[str] = []
    for value in values:
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Mapping):  # {"title": ...} or {"message": ...}
                one = one.get("message") or one.get("title")
            if isinstance(one, str) and one.strip():
                found.append(one.strip())
    return tuple(dict.fromkeys(found))
