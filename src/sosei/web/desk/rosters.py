"""名簿の例. How a roster of transfers is written: its columns, two rows as they may look, the words for the roles."""

from __future__ import annotations

from dataclasses import dataclass

from sosei.offices.permissions import roles
from sosei.web.desk.saying import say, tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """名簿の例. `rows`: each cell with the head of its column."""

    heads: tuple[str, ...]
    rows: tuple[tuple[tuple[str, str], ...], ...]
    roles: str


def example() -> Example:
    """Return the example in the language of the page."""
    heads = _heads()
    officer, head = (tongue(roles()[code]) for code in ("officer", "section_head"))
    rows = (
        ("yamada", "山田 太郎", "やまだ たろう", "観光課", officer, "suzuki"),
        ("sato", "佐藤 花子", "さとう はなこ", "農政課", head, ""),
    )
    return Example(
        heads=heads,
        rows=tuple(tuple(zip(heads, cells, strict=True)) for cells in rows),
        roles=say("、", ", ").join(tongue(role) for role in roles().values()),
    )


def _heads() -> tuple[str, ...]:
    """Return the heads of the columns: words by which the roster's reader knows them."""
    return (
        say("利用者ID", "login"), say("氏名", "name"), say("読み", "reading"),
        say("課", "department"), say("役割", "role"), say("前任の利用者ID", "before"),
    )  # fmt: skip
