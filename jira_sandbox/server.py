"""The server: reads a request, finds who asks and what, meets the faults that were ordered, answers, keeps the log."""

import email.utils
import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

from jira_sandbox import auth, pages, routes
from jira_sandbox.exchange import Answer, Exchange, RefusedError, Request, header
from jira_sandbox.faults import Fault, nothing
from jira_sandbox.journal import Journal
from jira_sandbox.site import CLOUD_ID, Site

HOST = "127.0.0.1"
GATEWAY = f"/ex/jira/{CLOUD_ID}"
LARGEST = 40_000_000
OWN = {HOST, "localhost"}
FOREIGN = Answer(403, b"This server answers to 127.0.0.1 only.\n", {}, "text/plain")
SILENT = {auth.REASON: "AUTHENTICATED_FAILED"}

Controls = Callable[[str, str, dict[str, list[str]], bytes], Answer]  # method, path, query and body


class Server(ThreadingHTTPServer):
    """Listens on loopback and serves a site; `journal` is the log, with the hook that tests use."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, site: Site, journal: Journal, port: int) -> None:
        super().__init__((HOST, port), Handler)
        self.site, self.journal = site, journal
        self.controls: Controls | None = None  # without them `/_sandbox` is a path that Jira does not know
        self.stopping = threading.Event()


class Handler(BaseHTTPRequestHandler):
    """One connection, kept alive."""

    protocol_version = "HTTP/1.1"
    server: Server
    timeout = 120
    wbufsize = -1
    disable_nagle_algorithm = True  # else a long answer waits 40 ms for an acknowledgement

    def do_GET(self) -> None:
        """Answer any request."""
        site = self.server.site
        body = self._body()
        if body is None:
            return
        if self.server.stopping.is_set():  # a kept-alive connection must not outlive the server
            self.close_connection = True
            return
        parts = urlsplit(self.path)
        path = parts.path.removeprefix(site.context) if parts.path.startswith(f"{site.context}/") else parts.path
        query = parse_qs(parts.query, keep_blank_values=True)
        if path.startswith("/_sandbox") and self.server.controls:
            self._send(FOREIGN if self._foreign() else self.server.controls(self.command, path, query, body))
        elif site.context and path == parts.path:
            self._send(Answer(404, b"Not found\n", {}, "text/plain"))
        elif path in {"/", "/login.jsp"} or path.startswith("/browse"):
            self._send(FOREIGN if self._foreign() else pages.page(site, path))
        else:
            self._api(path, query, body)

    do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = do_GET  # noqa: N815 - the names that http.server looks for

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that http.server uses
        """Say nothing: the log is asked for."""

    def _foreign(self) -> bool:
        """Whether a page of another site asks: by giving its own name this machine's address, or from its own origin."""
        host = urlsplit(f"//{self.headers.get('Host', HOST)}").hostname
        origin = urlsplit(self.headers.get("Origin", "")).hostname
        return host not in OWN or (origin is not None and origin not in OWN)

    def _body(self) -> bytes | None:
        if self.headers.get("Transfer-Encoding"):
            self._send(Answer(411, b"Length required\n", {"Connection": "close"}, "text/plain"))
            return None
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > LARGEST:
            self.close_connection = True
            self._send(Answer(413 if length.isdecimal() else 400, b"", {"Connection": "close"}, "text/plain"))
            return None
        return self.rfile.read(int(length))

    def _api(self, path: str, query: dict[str, list[str]], body: bytes) -> None:
        site, journal = self.server.site, self.server.journal
        gateway = path.startswith(f"{GATEWAY}/") and site.cloud
        path = path.removeprefix(GATEWAY) if gateway else path
        inner = path.startswith(f"{site.api}/")
        place = path.removeprefix(site.api) if inner else path
        table = routes.API if inner else routes.SITE
        dialect = routes.CLOUD if site.cloud else routes.SERVER
        route, steps, other = routes.find(table, self.command, place, dialect)
        headers = {name.lower(): value for name, value in self.headers.items()}
        reads = route.reads if route else self.command in {"GET", "HEAD"}
        exchange = journal.begin(self.command, path, query, body=body, headers=headers, reads=reads)
        journal.tell(exchange.number, "before")
        journal.hold(self.command, place, path)
        request = Request(exchange.number, self.command, place, query, headers, body)
        fault = site.faults.take(self.command, place, path)
        if fault and fault.when == "before":
            self._spoil(exchange, fault, Answer(503))
            return
        answer = self._answer(request, route, tuple(unquote(step) for step in steps), other=other)
        journal.tell(exchange.number, "after-write")
        if fault:
            self._spoil(exchange, fault, answer)
        else:
            self._finish(exchange, answer)

    def _answer(self, request: Request, route: routes.Route | None, steps: tuple[str, ...], *, other: bool) -> Answer:
        extra = dict(SILENT) if self.server.site.expired else {}
        try:
            answer = self._worked(request, route, steps, other=other)
        except RefusedError as refused:
            answer = refused.answer()
        except Exception as bug:  # noqa: BLE001 - a server goes on, and says what went wrong inside of it
            body = {"errorMessages": ["Internal server error"], "errors": {}}
            answer = Answer(500, body, {"X-Sandbox-Reason": header(f"{type(bug).__name__}: {bug}")})
        return Answer(answer.status, answer.body, {**answer.headers, **extra}, answer.kind)

    def _worked(self, request: Request, route: routes.Route | None, steps: tuple[str, ...], *, other: bool) -> Answer:
        site = self.server.site
        user = None if site.expired else auth.who(site, dict(request.headers))
        if route is None:
            return Answer(405 if other else 404, {"message": "null for uri", "status-code": 405 if other else 404})
        if forged := auth.suspicious(site, request, route.reads):
            return forged
        if user is None and not route.open:
            raise RefusedError(401, auth.ANONYMOUS)
        issue = request.path.split("/")[2] if not route.reads and request.path.startswith("/issue/") else ""
        known = site.known(issue) if issue else None
        if refused := site.limits.refusal(request.method, known["id"] if known else "", site.cloud):
            return refused
        if user is None and request.path.startswith("/search"):
            return Answer(200, nothing(request.path))
        with self._together(route):
            return route.run(site, replace(request, user=user), *steps)

    def _together(self, route: routes.Route) -> AbstractContextManager[None]:
        return self.server.site.store.transaction() if route.whole else nullcontext()

    def _spoil(self, exchange: Exchange, fault: Fault, truth: Answer) -> None:
        if fault.do == "timeout":
            self.server.journal.end(exchange, 0)
            self.server.stopping.wait(fault.seconds)
            self._break(reset=False)
        elif fault.do == "reset":
            self.server.journal.end(exchange, 0)
            self._break(reset=True)
        elif fault.do == "short":
            self._finish(exchange, truth, missing=7)
        else:
            path = exchange.path.removeprefix(self.server.site.api)
            self._finish(exchange, fault.answer(path))

    def _break(self, *, reset: bool) -> None:
        if reset:  # a closed connection with lingering switched off is a reset one
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def _finish(self, exchange: Exchange, answer: Answer, missing: int = 0) -> None:
        content = answer.content()
        self.server.journal.end(exchange, answer.status, content, answer.headers)
        self._send(answer, missing)
        self.server.journal.tell(exchange.number, "after-answer")

    def _send(self, answer: Answer, missing: int = 0) -> None:
        content = answer.content()
        self.send_response_only(answer.status)
        self.send_header("Date", email.utils.formatdate(time.time() + self.server.site.clock.skew, usegmt=True))
        self.send_header("Server", "postmortem-sandbox")
        if content or answer.status not in {204, 304}:
            self.send_header("Content-Length", str(len(content) + missing))
        if content:
            self.send_header("Content-Type", answer.kind)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)
        self.wfile.flush()
        self.close_connection = self.close_connection or bool(missing)
