"""The exceptions that a person may meet; each message says what, where and what next."""


class PostmortemError(Exception):
    """Something was refused or could not be done; the command ends with exit code 1."""

    exit_code = 1


class UsageError(PostmortemError):
    """The command line or the configuration is wrong; the command ends with exit code 2."""

    exit_code = 2


class NoArchiveError(UsageError):
    """No archive is where one was looked for, or it is not clear which one is meant."""


class InputError(PostmortemError):
    """A file or payload cannot be read as what it should be.

    `path` and `line` (1-based, 0 where unknown) say where, and stand in front of the message.
    """

    def __init__(self, message: str, path: str = "", line: int = 0) -> None:
        self.path, self.line = path, line
        where = f"{path}:{line}: " if path and line else f"{path}: " if path else ""
        super().__init__(f"{where}{message}")


class AlreadyExistsError(PostmortemError):
    """A document would be overwritten; `path` is the one that is there."""

    def __init__(self, message: str, path: str) -> None:
        self.path = path
        super().__init__(message)


class EditRefusedError(PostmortemError):
    """An edit by span would have changed more than the one value it meant to, so nothing was changed."""


class RemoteError(PostmortemError):
    """Another system could not be asked or did not do what was asked; the message names it and what to do next."""


class UnreachableError(RemoteError):
    """No answer came, and repeating did not help; nothing was written by this request."""


class UnauthorisedError(RemoteError):
    """The credentials are wrong, expired or not enough; asking again would only lock the account."""


class NotFoundError(RemoteError):
    """There is no such thing, or this account may not see it; the two cannot be told apart."""


class MovedError(RemoteError):
    """The other system answered with the way to another address, `target`; it was not followed."""

    def __init__(self, message: str, target: str = "") -> None:
        self.target = target
        super().__init__(message)


class RefusedError(RemoteError):
    """The other system said no to what was sent.

    `status` is the HTTP status, `messages` what it said in general, `fields` what it said of single fields by their id.
    """

    def __init__(
        self, message: str, status: int, messages: tuple[str, ...] = (), fields: dict[str, str] | None = None
    ) -> None:
        self.status, self.messages, self.fields = status, messages, fields or {}
        super().__init__(message)


class TryLaterError(RemoteError):
    """The other system wants to be left alone for `seconds`; what is left is done by running again then."""

    exit_code = 75

    def __init__(self, message: str, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(message)


class OutcomeUnknownError(RemoteError):
    """Something was sent that may or may not have been done, and must be looked for before it is sent again."""

    exit_code = 75
