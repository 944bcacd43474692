"""渡す. Bytes as a download: the name in any script, nothing guessed by the browser, the same bytes every time."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Final
from urllib.parse import quote

from django.http import HttpResponse

KINDS: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "ics": "text/calendar; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}
_UNSAFE: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def download(name: str, data: bytes, kind: str) -> HttpResponse:
    """Return a file to be kept. `kind`: as `Source.format`; an unknown one is plain bytes."""
    response = HttpResponse(data, content_type=KINDS.get(kind, "application/octet-stream"))
    plain = _UNSAFE.sub("_", name)
    ascii_name = plain.encode("ascii", "replace").decode().replace("?", "_")
    response["Content-Disposition"] = (
        f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(plain)}"
    )
    return response


def zipped(files: Sequence[tuple[str, bytes]], day: date) -> bytes:
    """Return files as one archive, the same bytes for the same files: every entry bears the day, in the order given."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(_UNSAFE.sub("_", name), (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return out.getvalue()
