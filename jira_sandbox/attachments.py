"""Attachments: uploaded as a form, downloaded over a redirect to a signed address."""

import hashlib
import mimetypes
import re
import time
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import quote

from jira_sandbox import events
from jira_sandbox.exchange import Answer, Json, RefusedError, Request
from jira_sandbox.present import attachment_shown
from jira_sandbox.site import Site, identifier

_RANGE = re.compile(r"bytes=(\d+)-(\d*)")
MOST = 60


def upload(site: Site, request: Request, name: str) -> Answer:
    """`POST /issue/{issue}/attachments`: parts `file`; the same name twice is two files."""
    issue = site.issue(name, request.user)
    text = "You do not have permission to create attachments for this issue."
    site.require(request.user, "CREATE_ATTACHMENTS", issue["project"], text)
    files = _files(request)
    if len(files) > MOST:
        raise RefusedError(413, f"The number of files exceeds the limit of {MOST}.")
    for _, _, content in files:
        if len(content) > site.upload_limit:
            raise RefusedError(413, f"The file exceeds its maximum permitted size of {site.upload_limit} bytes.")
    shown = [
        attach(site, request.user, issue["id"], filename=name, kind=kind, content=content)
        for name, kind, content in files
    ]
    return Answer(200, shown)


def attach(site: Site, user: Json | None, issue: str, *, filename: str, kind: str, content: bytes) -> Json:
    """Attach a file to an issue; how the API shows it."""
    copy = site.change(site.of("issue", issue))
    number = str(site.store.next("attachment", 60_001))
    kept: Json = {
        "id": number,
        "filename": filename,
        "path": quote(filename, safe=""),
        "author": user["id"] if user else None,
        "created": copy["updated"],
        "size": len(content),
        "mimeType": kind or mimetypes.guess_type(filename)[0] or "application/octet-stream",
    }
    site.store.keep(number, content)
    site.store.put("attachment", number, {**kept, "issue": issue})
    copy["attachments"].append(kept)
    field: Json = {"id": "attachment", "name": "Attachment", "kind": ""}
    item = {**events.item(field, (None, None), (number, filename)), "field": "Attachment"}
    events.note(site, user, copy, [item])
    shown = attachment_shown(site, kept)
    events.attachment(site, "created", shown)
    events.issue(site, "updated", issue, user)
    return shown


def read(site: Site, request: Request, number: str) -> Answer:
    """`GET /attachment/{id}`: what is known of a file, not the issue that has it."""
    shown = attachment_shown(site, _found(site, request, number))
    return Answer(body={**shown, "id": int(number)} if site.cloud else shown)


def remove(site: Site, request: Request, number: str) -> Answer:
    """`DELETE /attachment/{id}`."""
    found = _found(site, request, number)
    copy = site.change(site.of("issue", found["issue"]))
    copy["attachments"] = [one for one in copy["attachments"] if one["id"] != number]
    site.store.remove("attachment", number)
    events.attachment(site, "deleted", attachment_shown(site, found))
    return Answer(204)


def content(site: Site, request: Request, number: str) -> Answer:
    """`GET /attachment/content/{id}` of Cloud: 303 to a signed address, or with `redirect=false` the bytes."""
    found = _found(site, request, number)
    if not request.flag("redirect", default=True):
        return _bytes(site, request, found)
    expires = int(time.time()) + 60
    place = f"{site.base}/_media/{number}/{found['path']}?expires={expires}&signature={_signature(number, expires)}"
    return Answer(303, None, {"Location": place})


def media(site: Site, request: Request, number: str, _name: str) -> Answer:
    """The signed address: no credentials, but not for ever."""
    found = site.store.get("attachment", number)
    expires = request.one("expires")
    good = expires.isdecimal() and request.one("signature") == _signature(number, int(expires))
    if found is None or not good or int(expires) < time.time():
        raise RefusedError(403, "The address is not signed, or too old.")
    return _bytes(site, request, found)


def secure(site: Site, request: Request, number: str, _name: str) -> Answer:
    """`GET /secure/attachment/{id}/{name}`: where Data Center keeps files."""
    return _bytes(site, request, _found(site, request, number))


def _bytes(site: Site, request: Request, found: Json) -> Answer:
    data = site.store.content(found["id"])
    name = quote(found["filename"], safe="")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "Accept-Ranges": "bytes"}
    match = _RANGE.fullmatch(request.headers.get("range", ""))
    if match and int(match[1]) < len(data):
        start, end = int(match[1]), min(int(match[2] or len(data) - 1), len(data) - 1)
        headers["Content-Range"] = f"bytes {start}-{end}/{len(data)}"
        return Answer(206, data[start : end + 1], headers, found["mimeType"])
    return Answer(200, data, headers, found["mimeType"])


def _found(site: Site, request: Request, number: str) -> Json:
    found = site.store.get("attachment", number)
    if found is None:
        raise RefusedError(404, f"The attachment with id '{number}' does not exist")
    site.issue(found["issue"], request.user)
    return found


def _signature(number: str, expires: int) -> str:
    return hashlib.sha256(identifier("media", number, str(expires)).encode()).hexdigest()[:32]


def _files(request: Request) -> list[tuple[str, str, bytes]]:
    kind = request.headers.get("content-type", "")
    if not kind.lower().startswith("multipart/form-data"):
        raise RefusedError(415, "Unsupported Media Type")
    boundary = Message()
    boundary["Content-Type"] = kind
    mark = boundary.get_boundary()
    if not mark:
        raise RefusedError(400, "the request was rejected because no multipart boundary was found")
    files = []
    for part in (b"\r\n" + request.body).split(b"\r\n--" + mark.encode())[1:]:
        head, found, payload = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        headers = BytesParser(policy=HTTP).parsebytes(head + b"\r\n\r\n")
        if found and headers.get_param("name", header="content-disposition") == "file":
            given = headers.get_content_type() if headers["content-type"] else ""
            files.append((headers.get_filename() or "file", given, payload))
    if not files:
        raise RefusedError(400, "There is no part named 'file'.")
    return files
