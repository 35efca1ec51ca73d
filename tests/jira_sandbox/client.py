"""A small client for the tests: plain http.client, one kept-alive connection, nothing of the program's own."""

import base64
import http.client
import json
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit


@dataclass
class Reply:
    status: int
    headers: dict
    content: bytes

    @property
    def body(self):
        return json.loads(self.content) if self.content else None

    @property
    def errors(self):
        return self.body["errors"]

    @property
    def messages(self):
        return self.body["errorMessages"]


class Client:
    """Asks a sandbox as its bot, or as whoever `authorization` says."""

    def __init__(self, sandbox, authorization=None):
        self.sandbox = sandbox
        self.cloud = sandbox.dialect == "cloud"
        self.api = "/rest/api/3" if self.cloud else "/rest/api/2"
        basic = base64.b64encode(f"{sandbox.email}:{sandbox.token}".encode()).decode()
        self.authorization = authorization or (f"Basic {basic}" if self.cloud else f"Bearer {sandbox.token}")
        self._connection = http.client.HTTPConnection(urlsplit(sandbox.url).netloc, timeout=60)

    def close(self):
        self._connection.close()

    def raw(self, method, path, content=None, **headers):
        """`path` is below the site; header names are given with underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
        if self.authorization and "Authorization" not in named:
            named["Authorization"] = self.authorization
        self._connection.request(method, urlsplit(self.sandbox.url).path + path, content, named)
        answer = self._connection.getresponse()
        return Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())

    def call(self, method, path, body=None, query=None, **headers):
        """`path` is below the API."""
        if query:
            path += "?" + urlencode(query, doseq=True)
        content = None if body is None else json.dumps(body).encode()
        headers.setdefault("Content_Type", "application/json" if content is not None else None)
        return self.raw(method, self.api + path, content, **headers)

    def get(self, path, **query):
        return self.call("GET", path, query=query)

    def post(self, path, body, **query):
        return self.call("POST", path, body, query)

    def put(self, path, body, **query):
        return self.call("PUT", path, body, query)

    def delete(self, path, **query):
        return self.call("DELETE", path, query=query)

    def find(self, jql, **more):
        """The keys that a search finds, in its order."""
        if self.cloud:
            return [
                one["key"] for one in self.post("/search/jql", {"jql": jql, "fields": ["key"], **more}).body["issues"]
            ]
        return [one["key"] for one in self.post("/search", {"jql": jql, **more}).body["issues"]]

    def text(self, words):
        """Rich text of one paragraph."""
        if not self.cloud:
            return words
        return {
            "type": "doc",
            "version": 1,
            "content": [{"type": "paragraph", "content": [{"type": "text", "text": words}]}],
        }

    def new(self, project="INCIDENT", kind="Post-mortem", update=None, properties=None, **fields):
        """Create an issue; the reply."""
        wanted = {"project": {"key": project}, "issuetype": {"name": kind}, "summary": "Checkout errors", **fields}
        body = {"fields": {name: value for name, value in wanted.items() if value is not ...}}
        body |= {"update": update} if update else {}
        return self.post("/issue", body | ({"properties": properties} if properties else {}))

    def upload(self, key, *files):
        """Attach (name, content) files."""
        mark = "a-boundary"
        parts = b"".join(
            f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            f"Content-Type: application/octet-stream\r\n\r\n".encode()
            + content
            + b"\r\n"
            for name, content in files
        )
        return self.raw(
            "POST",
            f"{self.api}/issue/{key}/attachments",
            parts + f"--{mark}--\r\n".encode(),
            Content_Type=f"multipart/form-data; boundary={mark}",
            X_Atlassian_Token="no-check",
        )
