"""点検の設定. Which rules are looked at and how much they weigh (`[check]` of sosei.toml)."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.registry import rules
from sosei.core.errors import BadSetting

_KEYS: Final = ("select", "ignore", "severity")
_WORDS: Final = {word: severity for severity in Severity for word in (severity.value, severity.ja)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """設定. Codes or their beginnings (KPI, OD-, KPI-NO); an empty `select` selects all. The longest beginning wins."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)

    @classmethod
    def of(cls, table: Mapping[str, object]) -> Settings:
        """Make settings of the parsed `[check]` table. Raises BadSetting for anything not understood."""
        for key in table:
            if key not in _KEYS:
                raise _refusal(f"check.{key}", key, _KEYS)
        return cls(
            select=_codes("select", table.get("select", ())),
            ignore=_codes("ignore", table.get("ignore", ())),
            severity=_severities(table.get("severity", {})),
        )

    def wants(self, code: str) -> bool:
        """Tell whether a rule is to be looked at."""
        chosen = _best(code, self.select) if self.select else 0
        return _best(code, self.ignore) < chosen

    def weigh(self, code: str, severity: Severity) -> Severity:
        """Return the severity that a finding of a rule has under these settings."""
        found = [key for key in self.severity if code.startswith(key)]
        return self.severity[max(found, key=len)] if found else severity


def _best(code: str, starts: tuple[str, ...]) -> int:
    """Return the length of the longest beginning of a code that is listed, or -1."""
    return max((len(start) for start in starts if code.startswith(start)), default=-1)


def _codes(key: str, value: object) -> tuple[str, ...]:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, (list, tuple)):
        hint = '["KPI-DIR"] のように書いてください。 Write it like ["KPI-DIR"].'
        raise BadSetting(name=f"check.{key}", value=value, hint=hint)
    return tuple(_code(f"check.{key}", item) for item in items)


def _code(name: str, item: object) -> str:
    code = str(item).strip().upper()
    known = [rule.code for rule in rules()]
    if not code or not any(each.startswith(code) for each in known):
        raise _refusal(name, item, known)
    return code


def _severities(value: object) -> dict[str, Severity]:
    if not isinstance(value, Mapping):
        hint = '"KPI-DIR" = "info" のように書いてください。 Write "KPI-DIR" = "info".'
        raise BadSetting(name="check.severity", value=value, hint=hint)
    made = {}
    for code, word in value.items():
        if str(word) not in _WORDS:
            raise _refusal(f"check.severity.{code}", word, tuple(_WORDS))
        made[_code("check.severity", code)] = _WORDS[str(word)]
    return made


def _refusal(name: str, value: object, known: tuple[str, ...] | list[str]) -> BadSetting:
    near = difflib.get_close_matches(str(value).upper(), known, n=1) or [known[0]]
    hint = (
        f"「{near[0]}」などが使えます。一覧は「sosei rules」。 Try “{near[0]}”; see “sosei rules”."
    )
    return BadSetting(name=name, value=value, hint=hint)
