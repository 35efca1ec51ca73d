"""A server that answers what a test tells it to, over real HTTP on this machine."""

import socket
import struct
import threading
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from generator.clients.http import Auth, RestClient, RetryPolicy
from generator.settings.jira import Secret

HASTY = (10.0, 0.2)  # seconds to connect and to read, where what is asked stays silent
CANARY = "c4n4ry-t0ken-Zx81"


@dataclass
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Reply:
    """`do` misbehaves with the open connection instead of answering."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "application/json"
    do: Callable[[BaseHTTPRequestHandler], None] | None = None


def reset(handler: BaseHTTPRequestHandler) -> None:
    """Break the connection as a crashed server does."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def silent(handler: BaseHTTPRequestHandler) -> None:
    """Answer nothing until the client has gone: no clock of ours runs against its patience."""
    with suppress(OSError):
        handler.connection.settimeout(30)
        handler.connection.recv(1)


@contextmanager
def serving(answer: Callable[[Asked], Reply]):
    """Serve; gives the address and the list of what was asked."""
    asked: list[Asked] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else each answer waits for an acknowledgement

        def handle_all(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            one = Asked(self.command, self.path, dict(self.headers.items()), body)
            asked.append(one)
            reply = answer(one)
            if reply.do:
                self.close_connection = True
                reply.do(self)
                return
            (self.send_response_only if "Date" in reply.headers else self.send_response)(reply.status)
            headers = {"Content-Type": reply.kind, "Content-Length": str(len(reply.body))} | reply.headers
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        do_GET = do_POST = do_PUT = do_DELETE = handle_all

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            pass  # clients that go away are what is tested

    server = Quiet(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class World:
    """A server with a list of replies (the last one for ever), and a client of it whose pauses are only noted."""

    def __init__(self, url: str, asked: list[Asked], replies: list[Reply]) -> None:
        self.url, self.asked, self.replies = url, asked, replies
        self.slept: list[float] = []
        self.log: list[str] = []

    def client(self, **waits: object) -> RestClient:
        patience = RetryPolicy(**{"sleep": self.slept.append, **waits})
        return RestClient(
            self.url, Auth.bearer(Secret(CANARY)), waits=patience, log=self.log.append, name="Jira", advice="Renew it."
        )


@pytest.fixture
def world():
    replies: list[Reply] = []

    def answer(_: Asked) -> Reply:
        return replies.pop(0) if len(replies) > 1 else replies[0]

    with serving(answer) as (url, asked):
        yield World(url, asked, replies)
