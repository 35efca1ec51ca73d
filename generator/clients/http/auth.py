"""Who we are to another system: the one place where a token becomes a header."""

import base64

from requests import PreparedRequest
from requests.auth import AuthBase

from generator.errors import UsageError
from generator.settings.jira import Secret


class Auth(AuthBase):
    """An `Authorization` header. Being given, it also keeps `~/.netrc` from putting its own in the place."""

    def __init__(self, scheme: str, token: Secret) -> None:
        self._header = Secret(f"{scheme} {token.reveal()}")
        self._hidden: tuple[Secret, ...] = (token, self._header)
        if not token.reveal().isascii() or not token.reveal().isprintable():
            raise UsageError("The token has a character in it that no token has. Was it copied whole, and alone?")

    @classmethod
    def bearer(cls, token: Secret) -> "Auth":
        """A personal access token, or any other bearer."""
        return cls("Bearer", token)

    @classmethod
    def basic(cls, user: str, token: Secret) -> "Auth":
        """A user (an e-mail address) with a token for a password."""
        pair = base64.b64encode(f"{user}:{token.reveal()}".encode()).decode("ascii")
        found = cls("Basic", Secret(pair))
        found._hidden = (*found._hidden, token)
        return found

    @classmethod
    def of(cls, email: str, token: Secret) -> "Auth":
        """A token as Atlassian's systems want it: with the e-mail address in the cloud, alone on Data Center."""
        return cls.basic(email, token) if email else cls.bearer(token)

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Sign a request; called by `requests`."""
        request.headers["Authorization"] = self._header.reveal()
        return request

    def redact(self, text: str) -> str:
        """The text without the credentials, should the other side have repeated them."""
        for secret in sorted((one.reveal() for one in self._hidden), key=len, reverse=True):
            text = text.replace(secret, "•••") if secret else text
        return text

    def __repr__(self) -> str:
        return "Auth(•••)"


class Nobody(AuthBase):
    """No credentials, and none from `~/.netrc` either: for another host than the one that knows us."""

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Leave the request as it is."""
        return request
