"""だれが. Who is signed in, as actions and queries want to know it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def me(request: HttpRequest) -> Any:
    """Return the person who is signed in (the views ask for it with `login_required`)."""
    return request.user


def number_of(text: str | None) -> int | None:
    """Return the number that a field of a form or an address names, None where it names none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 18 else None


def pair_of(text: str | None) -> tuple[int, int] | None:
    """Return the two numbers that a field names as 12.3 (a row and its stamp), None where it does not."""
    row, _, stamp = (text or "").partition(".")
    pair = number_of(row), number_of(stamp)
    return None if pair[0] is None or pair[1] is None else (pair[0], pair[1])
