"""封筒. How the process that gives files and the process that reads them speak: a head in JSON, then plain bytes."""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO, Final

_SIZES: Final = struct.Struct(">IQ")


def send(stream: BinaryIO, head: dict[str, Any], body: bytes = b"") -> None:
    """Write one message. Raises OSError where the other end is gone."""
    told = json.dumps(head).encode()
    stream.write(_SIZES.pack(len(told), len(body)) + told)
    stream.write(body)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """Read one message. Raises EOFError where the other end is gone, be it in the middle."""
    head, body = _SIZES.unpack(_exactly(stream, _SIZES.size))
    told: dict[str, Any] = json.loads(_exactly(stream, head))
    return told, _exactly(stream, body)


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data
