"""頁を見せる. Serve a folder on this machine alone, until stopped."""

from __future__ import annotations

import functools
import http.server
import sys
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final
from urllib.parse import quote

from sosei.cli import terminal
from sosei.core.errors import BadSetting

#: Names under which this machine may be asked: a page elsewhere that points its own name here is refused.
_OWN: Final = ("localhost", "127.0.0.1")


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Files as they are, without a log line each and with headers that keep a page to itself."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing; the page is for the person at this machine."""

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Answer only who asks for this machine by its own name (no DNS rebinding)."""
        if (self.headers.get("Host") or "").partition(":")[0] not in _OWN:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return None
        return super().send_head()

    def end_headers(self) -> None:
        """Forbid everything that the pages do not need."""
        self.send_header(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
        )
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


def handler(folder: Path) -> functools.partial[Quiet]:
    """Return what answers for the files of a folder."""
    return functools.partial(Quiet, directory=str(folder))


def opened(folder: Path, port: int) -> http.server.ThreadingHTTPServer:
    """Take the port, before any work is done for it. Raises BadSetting where it is not to be had."""
    try:
        return http.server.ThreadingHTTPServer(("127.0.0.1", port), handler(folder))
    except (OSError, OverflowError):
        hint = "ほかの番号を --port で選んでください（make run PORT=8001）。"
        raise BadSetting(name="--port", value=port, hint=hint) from None


def serve(server: http.server.ThreadingHTTPServer, page: str) -> None:
    """Say where the page is and serve it on localhost until interrupted."""
    port = server.server_address[1]
    terminal.say(f"http://localhost:{port}/{quote(page, errors='surrogateescape')}")
    terminal.say("終わるときは Ctrl-C / stop with Ctrl-C")
    sys.stdout.flush()
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            terminal.say()
