"""A Slack of our own on loopback: the methods that notices use, with Slack's limits and its ways to refuse."""

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

TOKEN = "xoxb-canary-5f0e-never-to-be-seen"
CHANNEL = "C0FERNWAY1"
BOT = "B0POSTMORT"
NOW = 1795176000  # the tests' fixed clock


@dataclass
class Call:
    """One request that came in."""

    method: str
    body: dict
    authorization: str


@dataclass
class Workspace:
    """What there is, what was asked, and what goes wrong."""

    channels: dict[str, list[dict]] = field(default_factory=lambda: {CHANNEL: []})
    members: dict[str, str] = field(default_factory=dict)  # id -> e-mail
    calls: list[Call] = field(default_factory=list)
    faults: list[tuple[str, int, dict, object]] = field(default_factory=list)  # method, status, headers, body
    page: int = 200
    blind: bool = False  # the app may not read metadata
    url: str = ""
    lock: threading.RLock = field(default_factory=threading.RLock)

    def fail(
        self,
        method: str,
        error: str = "",
        *,
        status: int = 200,
        headers: dict | None = None,
        body: object = None,
        times: int = 1,
    ) -> None:
        """Let the next calls of a method fail; `*` stands for any."""
        answer = body if body is not None else {"ok": False, "error": error}
        self.faults += [(method, status, headers or {}, answer)] * times

    def called(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    def writes(self) -> list[Call]:
        return [call for call in self.calls if call.method.startswith("chat.")]

    def chatter(self, count: int, channel: str = CHANNEL) -> None:
        """What other people say."""
        for _ in range(count):
            self.put(channel, {"user": "U0SOMEBODY", "text": "good morning"})

    def put(self, channel: str, message: dict) -> str:
        with self.lock:
            ts = f"{NOW - 3600 + sum(map(len, self.channels.values()))}.{len(self.channels[channel]):06d}"
            self.channels[channel].append({"type": "message", **message, "ts": ts})
            return ts

    def answer(self, method: str, body: dict, authorization: str) -> tuple[int, dict, object]:
        with self.lock:
            self.calls.append(Call(method, body, authorization))
            for number, (wanted, status, headers, said) in enumerate(self.faults):
                if wanted in {method, "*"}:
                    del self.faults[number]
                    return status, headers, said
            if authorization != f"Bearer {TOKEN}":
                return 200, {}, {"ok": False, "error": "invalid_auth"}
            do = getattr(self, method.replace(".", "_"), None)
            said = do(body) if do else {"ok": False, "error": "unknown_method"}
            return 200, {}, said

    def auth_test(self, body: dict) -> dict:
        return {"ok": True, "user_id": "U0BOT", "bot_id": BOT, "team": "Fernway"}

    def users_lookupByEmail(self, body: dict) -> dict:
        found = next((member for member, email in self.members.items() if email == body["email"]), None)
        return {"ok": True, "user": {"id": found}} if found else {"ok": False, "error": "users_not_found"}

    def conversations_open(self, body: dict) -> dict:
        if body["users"] not in self.members:
            return {"ok": False, "error": "user_not_found"}
        channel = f"D{body['users'][1:]}"
        if channel not in self.channels:
            if body.get("prevent_creation") in {"1", "true"}:
                return {"ok": False, "error": "channel_not_found"}
            self.channels[channel] = []
        return {"ok": True, "channel": {"id": channel}}

    def conversations_history(self, body: dict) -> dict:
        if body["channel"] not in self.channels:
            return {"ok": False, "error": "channel_not_found"}
        told = [m for m in reversed(self.channels[body["channel"]]) if float(m["ts"]) > float(body.get("oldest", 0))]
        begin = int(body.get("cursor") or 0)
        size = min(self.page, int(body.get("limit", 100)))
        shown = told[begin : begin + size]
        if self.blind or body.get("include_all_metadata") not in {"1", "true"}:
            shown = [{k: v for k, v in m.items() if k != "metadata"} for m in shown]
        more = str(begin + size) if begin + size < len(told) else ""
        return {"ok": True, "messages": shown, "has_more": bool(more), "response_metadata": {"next_cursor": more}}

    def chat_postMessage(self, body: dict) -> dict:
        problem = self._problem(body)
        if problem:
            return {"ok": False, "error": problem}
        kept = {name: body[name] for name in ("text", "blocks", "metadata") if name in body}
        return {"ok": True, "channel": body["channel"], "ts": self.put(body["channel"], {"bot_id": BOT, **kept})}

    def chat_update(self, body: dict) -> dict:
        problem = self._problem(body)
        if problem:
            return {"ok": False, "error": problem}
        found = next((m for m in self.channels[body["channel"]] if m["ts"] == body["ts"]), None)
        if found is None or found.get("bot_id") != BOT:
            return {"ok": False, "error": "message_not_found" if found is None else "cant_update_message"}
        found.update({name: body[name] for name in ("text", "blocks", "metadata") if name in body})
        return {"ok": True, "ts": body["ts"]}

    def _problem(self, body: dict) -> str:
        if body["channel"] not in self.channels:
            return "channel_not_found"
        blocks = body.get("blocks", [])
        if len(blocks) > 50 or any(not _fits(block) for block in blocks):
            return "invalid_blocks"
        return "" if body.get("text") else "no_text"


def _fits(block: dict) -> bool:
    text = block.get("text", {}).get("text", "")
    fields = block.get("fields", [])
    limit = 150 if block["type"] == "header" else 3000
    if block["type"] == "section" and not (text or fields):
        return False
    short = all(0 < len(one["text"].encode("utf-16-le")) // 2 <= 2000 for one in fields)
    return len(text.encode("utf-16-le")) // 2 <= limit and len(fields) <= 10 and short


class Handler(BaseHTTPRequestHandler):
    """Speaks HTTP as Slack does."""

    workspace: Workspace

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode("utf-8")
        if self.headers.get("Content-Type", "").startswith("application/json"):
            body = json.loads(raw or "{}")  # a method without arguments has no body at all
        else:
            body = {name: values[-1] for name, values in parse_qs(raw).items()}
        method = self.path.rpartition("/")[2]
        status, headers, said = self.workspace.answer(method, body, self.headers.get("Authorization", ""))
        if status == 0:  # hang up without a word
            self.close_connection = True
            self.connection.close()
            return
        content = said.encode() if isinstance(said, str) else json.dumps(said).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "text/html" if isinstance(said, str) else "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """A server that is quiet when a client is gone."""

    def handle_error(self, *_: object) -> None:
        """Nobody is there any more."""


def serve(workspace: Workspace) -> Server:
    """Begin to answer on a free port."""
    handler = type("Bound", (Handler,), {"workspace": workspace})
    server = Server(("127.0.0.1", 0), handler)
    workspace.url = f"http://127.0.0.1:{server.server_port}/api"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    return server
