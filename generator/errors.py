"""The exceptions that a person may meet; each message says what, where and what next."""


class PostmortemError(Exception):
    """Something was refused or could not be done; the command ends with exit code 1."""

    exit_code = 1


class UsageError(PostmortemError):
    """The command line or the configuration is wrong; the command ends with exit code 2."""

    exit_code = 2


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
