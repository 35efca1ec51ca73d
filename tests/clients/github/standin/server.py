"""Serves it over HTTP, with the pages, refusals and cut connections that a test has ordered."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from tests.clients.github.standin import routes
from tests.clients.github.standin.hub import TOKEN, Exchange, Hub


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer waits for an acknowledgement

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _serve(self) -> None:
        hub: Hub = self.server.hub
        parts = urlsplit(self.path)
        path, query = parts.path.removeprefix("/api"), dict(parse_qsl(parts.query))
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with hub.lock:
            one = Exchange(len(hub.exchanges) + 1, self.command, path, query, json.loads(raw) if raw else {})
            hub.exchanges.append(one)
        if hub.on_request and hub.on_request(one.number, "before"):
            self.close_connection = True
            return
        with hub.lock:
            self._answer(hub, one)
        if hub.on_request:
            hub.on_request(one.number, "after-write")
        if one.status:
            with suppress(ConnectionError):  # who asked may have been killed
                self._send(one)
        else:
            self.close_connection = True
        if hub.on_request:
            hub.on_request(one.number, "after-answer")

    def _answer(self, hub: Hub, one: Exchange) -> None:
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            one.status, one.answer = 401, {"message": "Bad credentials"}
            return
        for fault in hub.faults:
            if fault.times and re.search(fault.match, f"{one.method} {one.path}"):
                fault.times -= 1
                if fault.when == "after":
                    routes.answer(hub, one)
                if fault.do != "cut":
                    one.status = fault.do
                    one.answer = fault.message if isinstance(fault.message, dict) else {"message": fault.message}
                return
        one.status, one.answer = routes.answer(hub, one)

    def _send(self, one: Exchange) -> None:
        answer = one.answer
        if isinstance(answer, list):
            size, page = int(one.query.get("per_page", 30)), int(one.query.get("page", 1))
            answer = answer[(page - 1) * size : page * size]
        body = b"" if answer is None else json.dumps(answer).encode()
        self.send_response(one.status)
        if one.status == 301:
            self.send_header("Location", answer["url"])
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PATCH = do_DELETE = _serve


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that was killed is no fault."""


@contextmanager
def start() -> Iterator[Hub]:
    """Run one until the end of the block."""
    server = _Server(("127.0.0.1", 0), _Handler)
    hub = server.hub = Hub(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
