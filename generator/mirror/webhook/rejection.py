"""The one way in which a delivery is turned away."""


class Rejected(Exception):  # noqa: N818 - it is an answer to the sender, not an error of ours
    """A delivery is not accepted: `status` is the HTTP status to answer with, `reason` a sentence to answer.

    The sender does not repeat 400, 401, 413 and 415; it repeats 503, where a setting is missing on our side.
    """

    def __init__(self, status: int, reason: str) -> None:
        self.status, self.reason = status, reason
        super().__init__(f"{status}: {reason}")
