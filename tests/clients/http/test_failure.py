"""What is known after each way in which a request can fail."""

import ssl

import pytest
import requests
from urllib3.exceptions import MaxRetryError, NewConnectionError, ReadTimeoutError

from generator.clients.http.failure import failure_of

CERTIFICATE = requests.exceptions.SSLError(MaxRetryError(None, "/", ssl.SSLCertVerificationError("unknown issuer")))
REFUSED = requests.ConnectionError(MaxRetryError(None, "/", NewConnectionError(None, "refused")))
LATE_BODY = requests.ConnectionError(ReadTimeoutError(None, "/", "Read timed out."))


@pytest.mark.parametrize(
    ("problem", "words", "sent", "again"),
    [
        (CERTIFICATE, "REQUESTS_CA_BUNDLE", False, False),
        (requests.exceptions.SSLError("broken record"), "connection broke", True, True),
        (requests.exceptions.ProxyError("tunnel"), "proxy", False, True),
        (requests.exceptions.ConnectTimeout("slow"), "in time", False, True),
        (REFUSED, "no connection", False, True),
        (requests.exceptions.ReadTimeout("slow"), "in time", True, True),
        (LATE_BODY, "in time", True, True),
        (requests.ConnectionError("reset"), "connection broke", True, True),
        (requests.exceptions.ChunkedEncodingError("half"), "connection broke", True, True),
        (requests.exceptions.ContentDecodingError("gzip"), "connection broke", True, True),
        (requests.exceptions.InvalidURL("Bearer s3cr3t"), "cannot be sent", False, False),
        (requests.exceptions.InvalidHeader("Bearer s3cr3t"), "cannot be sent", False, False),
    ],
)
def test_a_failure_says_whether_anything_was_sent_and_whether_to_try_again(problem, words, sent, again):
    failure = failure_of(problem)

    assert words in failure.text
    assert (failure.sent, failure.again) == (sent, again)
    assert "s3cr3t" not in failure.text
