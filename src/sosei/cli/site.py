"""頁を見せる. Serve a folder on this machine alone, until stopped."""

from __future__ import annotations

import functools
import http.server
from pathlib import Path

from sosei.cli import terminal
from sosei.core.errors import BadSetting


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Files as they are, without a log line each and with headers that keep a page to itself."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing; the page is for the person at this machine."""

    def end_headers(self) -> None:
        """Forbid everything that the pages do not need."""
        self.send_header(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
        )
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


def serve(folder: Path, page: str, port: int) -> None:
    """Serve a folder on localhost until interrupted. Raises BadSetting where the port is taken."""
    handler = functools.partial(Quiet, directory=str(folder))
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError:
        hint = "ほかの番号を --port で選んでください（make run PORT=8001）。"
        raise BadSetting(name="--port", value=port, hint=hint) from None
    terminal.say(f"http://localhost:{port}/{page}")
    terminal.say("終わるときは Ctrl-C / stop with Ctrl-C")
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            terminal.say()
