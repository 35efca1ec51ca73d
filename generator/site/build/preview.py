"""A web server for one's own machine: the finished site, and a word to the open browser when it has changed."""

import mimetypes
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from generator.errors import PostmortemError

HOST = "127.0.0.1"
PORTS_TRIED = 50
LIVE = "/.postmortem/live"
# Goes into pages while they are shown here, and into no file.
SCRIPT = (
    f'<script>(()=>{{let seen;new EventSource("{LIVE}").onmessage=e=>'
    "{if(seen&&seen!==e.data)location.reload();seen=e.data}})()</script>"
).encode()
# The system's own table differs from machine to machine.
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}


class Preview(ThreadingHTTPServer):
    """Serves the folder `site` on loopback; `prefix` is the path below which its address says it will be published."""

    daemon_threads = True

    def __init__(self, site: Path, port: int, prefix: str = "") -> None:
        self.site, self.prefix = site, prefix.rstrip("/")
        self.version = 0
        self.changed = threading.Condition()
        for number in range(port, port + PORTS_TRIED):
            try:
                super().__init__((HOST, number), Handler)
            except OSError:
                continue
            return
        message = f"No port from {port} to {port + PORTS_TRIED - 1} is free; name another one with --port."
        raise PostmortemError(message)

    @property
    def address(self) -> str:
        """Where a browser finds the site."""
        return f"http://{HOST}:{self.server_address[1]}/"

    def announce(self) -> None:
        """Let every open page load itself anew."""
        with self.changed:
            self.version += 1
            self.changed.notify_all()


class Handler(BaseHTTPRequestHandler):
    """Answers one request with a file of the site, the page for a 404, or news of changes."""

    protocol_version = "HTTP/1.1"
    server: Preview

    def do_GET(self) -> None:
        """Send the file."""
        # A page of another site must not read this one by giving its own name this machine's address.
        if urlsplit(f"//{self.headers.get('Host', HOST)}").hostname not in {HOST, "localhost"}:
            self._send(HTTPStatus.FORBIDDEN, b"This server answers to 127.0.0.1 only.\n", ".txt")
            return
        path = urlsplit(self.path).path
        if path == LIVE:
            self._news()
            return
        place = unquote(path)
        file = find(self.server.site, place)
        if file is None and self.server.prefix and place.startswith(f"{self.server.prefix}/"):
            file = find(self.server.site, place.removeprefix(self.server.prefix))
        if file is None:
            missing = find(self.server.site, "/404.html")
            self._send(HTTPStatus.NOT_FOUND, missing.read_bytes() if missing else b"There is no such page.\n", ".html")
        elif file.name == "index.html" and not path.endswith(("/", "/index.html")):
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", quote(place) + "/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._send(HTTPStatus.OK, file.read_bytes(), file.suffix.lower())

    do_HEAD = do_GET  # noqa: N815 - the name that http.server looks for

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that http.server uses
        """Say nothing: the terminal is for what the build says."""

    def _send(self, status: HTTPStatus, data: bytes, suffix: str) -> None:
        if suffix == ".html":
            data = data.replace(b"</body>", SCRIPT + b"</body>")
        self.send_response(status)
        guessed = mimetypes.types_map.get(suffix, "application/octet-stream")
        self.send_header("Content-Type", TYPES.get(suffix, guessed))
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _news(self) -> None:
        """Say the version of the site now and after every change, until the browser goes away."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        said = -1
        try:
            while True:
                with self.server.changed:
                    if self.server.version == said:
                        self.server.changed.wait(timeout=15)
                    now = self.server.version
                self.wfile.write(f"data: {now}\n\n".encode() if now != said else b": still here\n\n")
                said = now
        except (BrokenPipeError, ConnectionResetError):
            return


def find(site: Path, place: str) -> Path | None:
    """The file that an address such as `/actions/` means; None where there is none or it would be outside of the site."""
    if "\0" in place or "\\" in place or any(len(part) > 255 for part in place.encode().split(b"/")):
        return None
    path = site.resolve() / place.lstrip("/")
    path = path / "index.html" if path.is_dir() else path
    # Dots and links are not followed, wherever they lead: a site that we built has none.
    return path if path.is_file() and path.resolve() == path else None
