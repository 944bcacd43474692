"""受取り. A file as it comes from a browser: its name made harmless, its size within limits; what it holds is judged by `sosei.reading`."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from sosei.web.desk.refusals import EmptyFile, LargeFile, NoFile

MEGABYTE: Final = 1024 * 1024
NAME_LENGTH: Final = 200


def taken(file: UploadedFile[Any] | None) -> tuple[str, bytes]:
    """Return the name and the bytes of an upload (`request.FILES.get("file")`). Raises NoFile, EmptyFile, LargeFile.

    The size is judged before the bytes are read.
    """
    if file is None:
        raise NoFile
    name, size = plain_name(file.name or ""), file.size or 0
    if size == 0:
        raise EmptyFile(name=name)
    limit = int(settings.SOSEI_UPLOAD_MB)
    if size > limit * MEGABYTE:
        raise LargeFile(name=name, size=f"{-(-size // MEGABYTE)}MB", limit=f"{limit}MB")
    return name, file.read()


def plain_name(name: str) -> str:
    r"""Return a file's own name: no folders, nothing unprintable, not endless; the suffix stays.

    >>> plain_name("C:\\共有\\照会\n回答.xlsx"), plain_name("../../etc/passwd")
    ('照会回答.xlsx', 'passwd')
    """
    last = PureWindowsPath(PurePosixPath(name).name).name
    shown = "".join(ch for ch in last if ch.isprintable()).strip(" .")
    stem, dot, suffix = shown.rpartition(".")
    if len(shown) > NAME_LENGTH and dot and len(suffix) <= 10:
        return f"{stem[: NAME_LENGTH - len(suffix) - 1]}.{suffix}"
    return shown[:NAME_LENGTH] or "file"
