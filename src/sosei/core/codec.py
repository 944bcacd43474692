"""JSON の形. `Report` to and from `contract/report.schema.json`.

`encode` leaves out what is absent; `decode` collects every problem with its JSON pointer before it refuses.
"""

from __future__ import annotations

import json
import re
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from math import isinf
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from sosei.core.errors import NotAReport
from sosei.core.report import SCHEMA, Report

NUMBER: Final = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_PATTERNS: Final = {
    ("Body", "code"): re.compile(r"[0-9]{6}"),
    ("Source", "sha256"): re.compile(r"[0-9a-f]{64}"),
    ("Place", "range"): re.compile(r"[A-Z]+[0-9]+(:[A-Z]+[0-9]+)?"),
}
_BOUNDS: Final = {("Year", "year"): (1926, 2100), ("Place", "ocr"): (0, 1)} | {
    ("Place", name): (least, None)
    for name, least in {"page": 1, "table": 1, "row": 1, "column": 1, "start": 0, "end": 0}.items()
}
#: How JSON spells half of a surrogate pair, or a whole one: no text file could hold the half.
_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")
# Keys that the contract requires even when there is nothing to say.
_ALWAYS: Final = {
    "Project": {"kind", "indicators"},
    "Indicator": {"years"},
    "Spending": {"label", "yen"},
}


def encode(report: Report) -> dict[str, Any]:
    """Return the JSON form of a report, keys in the contract's order, absent things left out."""
    return {"schema": SCHEMA, "projects": [], **_encoded(report)}


def dumps(report: Report) -> str:
    """Return the JSON text of a report: UTF-8 characters as they are, two spaces, one final line break."""
    return json.dumps(encode(report), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _encoded(part: Any) -> Any:
    if isinstance(part, Decimal):
        return format(part, "f")
    if isinstance(part, Enum):
        return part.value
    if isinstance(part, tuple):
        return [_encoded(item) for item in part]
    if is_dataclass(part):
        always = _ALWAYS.get(type(part).__name__, set())
        pairs = ((f.name, getattr(part, f.name)) for f in fields(part))
        return {
            name: _encoded(value) for name, value in pairs if name in always or not _absent(value)
        }
    if isinstance(part, Mapping):
        return {name: _encoded(value) for name, value in part.items()}
    return part


def _absent(value: object) -> bool:
    return value is None or (isinstance(value, (tuple, Mapping)) and not value)


def loads(text: str) -> Report:
    """Read the JSON text of a report. Raises NotAReport with every problem."""
    try:
        data = json.loads(text, parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError) as fault:
        raise NotAReport([("", f"JSON として正しくありません: {fault}")]) from None
    if _HALF.search(text) and not _is_text(data):
        raise NotAReport(
            [("", "文字として成り立たない符号（対になっていない \\ud800 など）があります")]
        )
    return decode(data)


def _is_text(data: object) -> bool:
    """Tell whether every string can be written down as UTF-8."""
    try:
        json.dumps(data, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _finite(text: str) -> float:
    """Refuse 1e999, which JSON can spell and no number can hold."""
    number = float(text)
    if isinf(number):
        raise ValueError(text[:20])
    return number


def _refuse(name: str) -> None:
    """Refuse NaN and Infinity, which JSON does not know."""
    raise ValueError(name)


def decode(data: object) -> Report:
    """Read the JSON form of a report. Raises NotAReport with every problem and where it stands."""
    problems: list[tuple[str, str]] = []
    if isinstance(data, dict):
        if data.get("schema") != SCHEMA:
            problems.append(("/schema", f"「{SCHEMA}」ではありません"))
        if not isinstance(data.get("projects"), list):
            problems.append(("/projects", "配列がありません"))
        data = {k: v for k, v in data.items() if k != "schema"}
    report = _decoded(data, Report, "", problems)
    if problems:
        raise NotAReport(problems)
    assert isinstance(report, Report)
    return report


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def _decoded(data: Any, kind: Any, path: str, problems: list[tuple[str, str]]) -> Any:
    """Return data as kind, or None after noting what is wrong."""
    origin, args = get_origin(kind), get_args(kind)
    if kind is Any:
        return data
    if origin in (Union, types.UnionType):
        if data is None:
            return None
        return _decoded(data, next(a for a in args if a is not type(None)), path, problems)
    if origin is tuple:
        return _decoded_tuple(data, args, path, problems)
    if origin is Literal:
        return (
            data
            if data in args and isinstance(data, str)
            else _wrong(problems, path, f"{'・'.join(args)}のどれでもありません")
        )
    if is_dataclass(kind) and isinstance(kind, type):
        return _decoded_part(data, kind, path, problems)
    if origin is not None and issubclass(origin, Mapping):
        return _decoded_mapping(data, args[1], path, problems)
    return _decoded_scalar(data, kind, path, problems)


def _decoded_tuple(
    data: Any, kinds: tuple[Any, ...], path: str, problems: list[tuple[str, str]]
) -> Any:
    if not isinstance(data, list):
        return _wrong(problems, path, "配列ではありません")
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        kinds = (kinds[0],) * len(data)
    if len(data) != len(kinds):
        return _wrong(problems, path, f"{len(kinds)}個の値が要ります")
    return tuple(
        _decoded(item, kind, f"{path}/{i}", problems)
        for i, (item, kind) in enumerate(zip(data, kinds, strict=True))
    )


def _decoded_mapping(data: Any, kind: Any, path: str, problems: list[tuple[str, str]]) -> Any:
    if not isinstance(data, dict):
        return _wrong(problems, path, "オブジェクトではありません")
    return {
        name: _decoded(value, kind, f"{path}/{_escaped(name)}", problems)
        for name, value in data.items()
    }


def _decoded_part(data: Any, cls: type, path: str, problems: list[tuple[str, str]]) -> Any:
    if not isinstance(data, dict):
        return _wrong(problems, path, "オブジェクトではありません")
    before = len(problems)
    hints = _hints(cls)
    values: dict[str, Any] = {}
    for name, item in data.items():
        if name not in hints:
            _wrong(problems, f"{path}/{_escaped(name)}", "契約にない項目です")
        elif item is not None:
            values[name] = _decoded(item, hints[name], f"{path}/{_escaped(name)}", problems)
            _bounded(cls, name, values[name], f"{path}/{name}", problems)
    for f in fields(cls):
        missing = f.default is MISSING and f.default_factory is MISSING and f.name not in values
        if missing and f.name in data and f.name in _ALWAYS.get(cls.__name__, set()):
            values[f.name] = None
        elif missing or (f.name in _ALWAYS.get(cls.__name__, set()) and f.name not in data):
            _wrong(problems, f"{path}/{f.name}", "必須の項目がありません")
    if len(problems) > before:
        return None
    try:
        return cls(**values)
    except ValueError as fault:
        return _wrong(problems, path, str(fault))


def _bounded(cls: type, name: str, value: Any, path: str, problems: list[tuple[str, str]]) -> None:
    pattern = _PATTERNS.get((cls.__name__, name))
    if pattern and isinstance(value, str) and not pattern.fullmatch(value):
        _wrong(problems, path, f"「{value}」は決まった形ではありません")
    least, most = _BOUNDS.get((cls.__name__, name), (None, None))
    if isinstance(value, (int, float)) and (
        (least is not None and value < least) or (most is not None and value > most)
    ):
        _wrong(problems, path, f"「{value}」は範囲の外です")


def _decoded_scalar(data: Any, kind: Any, path: str, problems: list[tuple[str, str]]) -> Any:
    if kind is Decimal:
        if isinstance(data, str) and NUMBER.fullmatch(data):
            return Decimal(data)
        return _wrong(problems, path, "数は「-12.5」のような文字列で書きます")
    if isinstance(kind, type) and issubclass(kind, Enum):
        known = [member.value for member in kind]
        return (
            kind(data)
            if data in known
            else _wrong(problems, path, f"{'・'.join(known)}のどれでもありません")
        )
    if kind is float and isinstance(data, (int, float)) and not isinstance(data, bool):
        return float(data)
    if isinstance(kind, type) and type(data) is kind:
        return data
    return _wrong(problems, path, f"型が違います（{type(data).__name__}）")


def _wrong(problems: list[tuple[str, str]], path: str, what: str) -> None:
    problems.append((path, what))


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
