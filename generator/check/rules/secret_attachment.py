"""No attachment is a key, by its name."""

import posixpath
import re
from collections.abc import Iterator

from generator.check.rule import ALWAYS_ERROR, Context, Hit, Rule
from generator.check.summary import local
from generator.check.text import reading
from generator.document.parse import Document
from generator.document.secrets import masked

# Names under which keys, credentials and the state of tools are kept; a public half (`.pub`) is none of them.
_NAMES = re.compile(
    r"id_(?:rsa|dsa|ecdsa|ed25519)(?:\.\w+)?|.+\.(?:key|pfx|p12|jks|keystore|kdbx?|ppk|ovpn|asc\.key|agekey|tfstate)|(?:.*[._-])?(?:private|priv|secret)[._-]?key"
    r"(?:[._-].*)?|.*[._-]?key\.pem|privkey\d*\.pem|\.env(?:\..+)?|.+\.env|\.?(?:netrc|npmrc|pypirc|htpasswd|pgpass|dockercfg|git-credentials)"
    r"|credentials?(?:\.(?:json|csv|ya?ml|txt|ini|xml))?|passwords?\.(?:txt|csv|xlsx?|json|ya?ml)|secrets?\.(?:json|ya?ml|txt|env|csv)"
    r"|service[_-]?account.*\.json|kubeconfig|.+\.kubeconfig|shadow|.+_rsa",
    re.IGNORECASE,
)
_PUBLIC = re.compile(r".+\.pub|.*(?:example|sample|template|public).*", re.IGNORECASE)
_HINT = "Is there a key in it? Then revoke it first, since it stays in the history; then remove the file."


def check(document: Document, context: Context) -> Iterator[Hit]:
    """Each file in the document's folder whose name says that it holds a key, or holds a token itself."""
    folder = document.path.removesuffix(".md") + "/"
    for path in sorted(context.files or ()):
        if path.startswith(folder) and not path.endswith("/"):
            name = posixpath.basename(path)
            shown = path.removesuffix(name) + masked(name)
            if shown != path:
                yield Hit(_line(document, path), f"The name of an attachment holds a secret: {shown!r}.", _HINT)
            elif _NAMES.fullmatch(name) and not _PUBLIC.fullmatch(name):
                yield Hit(_line(document, path), f"The attachment {shown!r} is named like a key.", _HINT)


def _line(document: Document, path: str) -> int:
    """The line that leads to the attachment, else the first."""
    return next((link.line for link in reading(document).links if local(link, document.path)[0] == path), 1)


RULE = Rule(
    id="secret-attachment",
    title="No attachment is a key, by its name",
    why="Attachments are published with the document. A key that was saved as evidence is open to all its readers.",
    before="postmortems/2026/INC-2026-0042-checkout-errors/id_rsa",
    after="The fingerprint of the key in the text; the key itself in the vault.",
    check=check,
    **ALWAYS_ERROR,
)
