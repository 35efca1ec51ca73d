"""Whether a delivery comes from who knows the secret: HMAC-SHA256 over the raw bytes of its body."""

import hashlib
import hmac

from generator.mirror.webhook.rejection import Rejected
from generator.settings.jira import Secret


def verify(signature: str | None, body: bytes, secret: Secret) -> None:
    """Lets a rightly signed body pass; `signature` is the header `X-Hub-Signature`, `sha256=` and 64 lower-case digits.

    Raises `Rejected(401)` for every other one. The comparison takes as long for a wrong one as for a right one.
    """
    if not signature:
        raise Rejected(401, "The delivery is not signed: set a secret at the webhook in Jira.")
    # Bytes of the environment that are no text come as surrogates, and go back to what they were.
    key = secret.reveal().encode("utf-8", "surrogateescape")
    wanted = "sha256=" + hmac.new(key, body, hashlib.sha256).hexdigest()
    # As bytes, because comparing texts refuses everything that is not ASCII with an exception.
    if not hmac.compare_digest(wanted.encode("ascii"), signature.encode("utf-8", "backslashreplace")):
        raise Rejected(401, "The signature does not fit the body and the secret.")
