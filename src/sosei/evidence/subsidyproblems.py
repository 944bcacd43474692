"""補助の定めの点検. What is wrong in the `subsidy` part of a register's table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from sosei.evidence.subsidies import ROLES, ROUNDINGS, TYPES, share_of

#: As many terms as one register keeps: schemes times the years in which they changed.
MOST_TERMS: Final = 40
#: More than any grant of a city.
LARGEST: Final = 10**12
_PARTS: Final = frozenset(("fields", "decided", "paid", "advance", "terms"))
_TERMS: Final = frozenset(("scheme", "since", "rate", "cap", "rounding", "exceptions"))
_LONGEST: Final = 200
#: A problem: which part of the table, and what is wrong.
Said = tuple[tuple[str, ...], str]


def problems_of(said: object, kind: Mapping[str, Any]) -> Iterator[Said]:
    """Yield every problem; `kind`: the table that it is part of."""
    if not isinstance(said, Mapping):
        yield ("subsidy",), "補助の定め（subsidy）は表で書く"
        return
    if kind.get("kind") != "case":
        yield ("subsidy",), "補助の定め（subsidy）は、案件（case）の台帳だけが持つ"
    for name in sorted(said.keys() - _PARTS):
        yield ("subsidy", name), f"補助の定めに「{name}」という欄はない"
    yield from _fields(said.get("fields", {}), kind.get("fields", {}))
    for name in ("decided", "paid"):
        stage = said.get(name, "")
        if stage and stage not in kind.get("stages", ()):
            yield ("subsidy", name), f"補助の定めの段階「{stage}」は、台帳の段階にない"
    if not isinstance(said.get("advance", False), bool):
        yield ("subsidy", "advance"), "概算払（advance）は true か false"
    if said.get("advance") and not (said.get("paid") and said.get("decided")):
        yield (
            ("subsidy", "advance"),
            "概算払（advance）には、交付決定（decided）と支払（paid）の段階が要る",
        )
    yield from _all_terms(said.get("terms", []), said.get("fields", {}))


def _fields(roles: object, fields: Mapping[str, Any]) -> Iterator[Said]:
    where = ("subsidy", "fields")
    if not isinstance(roles, Mapping) or not roles:
        yield where, "補助の定めには、どの項目が何の額か（fields）が要る"
        return
    for role, key in roles.items():
        yield from _field(role, key, fields)
    keys = [key for key in roles.values() if isinstance(key, str)]
    if len(set(keys)) < len(keys):
        yield where, "補助の定めの一つの項目が、二つの役割を持っている"
    if not roles.keys() & {"decided", "fixed"}:
        yield where, "補助の定めには、交付決定額（decided）か確定額（fixed）の項目が要る"


def _field(role: Any, key: Any, fields: Mapping[str, Any]) -> Iterator[Said]:
    where = ("subsidy", "fields", str(role))
    if role not in ROLES:
        yield where, f"補助の定めに「{role}」という役割はない"
        return
    one = fields.get(key) if isinstance(key, str) else None
    if one is None:
        yield where, f"補助の定めの項目「{key}」は、台帳の項目にない"
        return
    wanted = TYPES.get(role, "money")
    if one.get("type") != wanted or one.get("personal"):
        yield where, f"補助の定めの項目「{key}」（{role}）の型は {wanted} で、個人情報でないもの"
    if role == "rounding" and any(c not in ROUNDINGS for c in one.get("choices", ())):
        yield where, f"端数処理の項目「{key}」の選択肢は、{'・'.join(ROUNDINGS)}だけ"


def _all_terms(terms: Any, roles: Any) -> Iterator[Said]:
    where = ("subsidy", "terms")
    if not isinstance(terms, list | tuple) or not all(isinstance(one, Mapping) for one in terms):
        yield where, "要綱の定め（terms）は、表の並びで書く"
        return
    if len(terms) > MOST_TERMS:
        yield where, f"要綱の定めは{MOST_TERMS}まで"
    for n, one in enumerate(terms, 1):
        yield from (((*where, str(n), name), f"要綱の定めの{n}番目：{ja}") for name, ja in _terms(one))  # fmt: skip
    begins = [(one.get("scheme", ""), one.get("since", "")) for one in terms]
    if len(set(begins)) < len(begins):
        yield where, "同じ補助金の、同じ日からの定めが二つある"
    has = roles if isinstance(roles, Mapping) else {}
    if any(one.get("scheme") for one in terms) and "scheme" not in has:
        yield where, "補助金ごとの定めには、補助金の名称（scheme）の項目が要る"
    if any(one.get("exceptions") for one in terms) and "reason" not in has:
        yield where, "特例（exceptions）を認めるには、理由（reason）の項目が要る"


def _terms(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in sorted(said.keys() - _TERMS):
        yield name, f"「{name}」という欄はない"
    for name in ("scheme", "since", "rate", "rounding"):
        one = said.get(name, "")
        if not isinstance(one, str) or len(one) > _LONGEST:
            yield name, f"「{name}」は{_LONGEST}字までの文字で書く"
            return
    if (since := said.get("since", "")) and not _is_day(since):
        yield "since", f"日「{since}」は 2021-04-01 のように書く"
    if (rate := said.get("rate", "")) and share_of(rate) is None:
        yield "rate", f"補助率「{rate}」は、1/2 のように、1 以下の割合で書く"
    if (rounding := said.get("rounding", "")) and rounding not in ROUNDINGS:
        yield "rounding", f"端数処理「{rounding}」は{'・'.join(ROUNDINGS)}のどれか"
    cap = said.get("cap")
    if cap is not None and (
        isinstance(cap, bool) or not isinstance(cap, int) or not 0 < cap < LARGEST
    ):
        yield "cap", "上限額は、円の正の整数で書く"
    if not isinstance(said.get("exceptions", False), bool):
        yield "exceptions", "特例（exceptions）は true か false"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
