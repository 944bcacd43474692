"""指摘. What a check found, what it could not look at, and the change it proposes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sosei.core.report import Places


class Severity(StrEnum):
    """重さ. How much a finding weighs (DESIGN §5)."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def ja(self) -> str:
        """The Japanese word."""
        return _WORDS[self]

    @property
    def rank(self) -> int:
        """Heaviest first: 0 for an error."""
        return list(Severity).index(self)


_WORDS: Final = {Severity.ERROR: "誤り", Severity.WARNING: "注意", Severity.INFO: "参考"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """修正案. The words at `path` (JSON pointer into the report) become `after`.

    `safe`: it cannot be otherwise, so it may be applied without a person's judgement; the others are shown only.
    """

    path: str
    before: str
    after: str
    safe: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """指摘. What is wrong, where, and what to do, in both languages; `source` says where the rule comes from."""

    code: str
    severity: Severity
    message_ja: str
    message_en: str
    place: Places = ()
    raw: str | None = None
    source: str = ""
    fix: Fix | None = None
    path: str = ""

    def message(self, lang: str = "ja") -> str:
        """Return the sentence in Japanese (`ja`) or English (`en`)."""
        return self.message_en if lang == "en" else self.message_ja


@dataclass(frozen=True, slots=True, kw_only=True)
class Unexamined:
    """見ていない規則. A rule (or the part of it at `path`) that lacked its input, and which input that is."""

    code: str
    reason_ja: str
    reason_en: str
    path: str = ""

    def reason(self, lang: str = "ja") -> str:
        """Return the reason in Japanese (`ja`) or English (`en`)."""
        return self.reason_en if lang == "en" else self.reason_ja


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """点検の結果. Findings in the order of the report, rules not examined, and the rules that were looked at."""

    findings: tuple[Finding, ...] = ()
    unexamined: tuple[Unexamined, ...] = ()
    examined: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Finding]:
        """Walk over the findings."""
        return iter(self.findings)

    def __len__(self) -> int:
        """Number of findings."""
        return len(self.findings)

    def of(self, code: str) -> tuple[Finding, ...]:
        """Return the findings of one rule."""
        return tuple(finding for finding in self.findings if finding.code == code)

    def counts(self) -> dict[Severity, int]:
        """Return the number of findings of each severity, heaviest first; zero is said."""
        seen = Counter(finding.severity for finding in self.findings)
        return {severity: seen[severity] for severity in Severity}
