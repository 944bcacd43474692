"""根拠台帳の語り手. What registers, batches, measures are called where the journal shows them, and what they hold, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django.db.models import Model

from sosei.core.errors import SoseiError
from sosei.core.fields import Lang
from sosei.evidence import models as em
from sosei.evidence.kinds import Field, RegisterKind
from sosei.evidence.queries.measures import said
from sosei.evidence.stored import kind, measure, registers_of
from sosei.journal.wording import Figure

#: table → the page that shows its rows, and the column that says which.
PAGES: Final[Mapping[type[Model], tuple[str, str]]] = {
    em.Register: ("register", "pk"), em.Batch: ("register_batch", "pk"), em.Measure: ("measure", "pk"),
    em.Closing: ("register_closing", "register_id"), em.Asked: ("register", "register_id"),
    em.Subject: ("subject", "pk"), em.Attribute: ("subject", "subject_id"),
}  # fmt: skip
_WORDS: Final[Mapping[Lang, Mapping[str, str]]] = {
    "ja": {"batch": "{register} {n}", "source": "（{name}）", "stages": "段階：{names}", "fields": "項目：{names}"},
    "en": {"batch": "{register}, {n}", "source": " ({name})", "stages": "stages: {names}", "fields": "fields: {names}"},
}  # fmt: skip


class ToldEvidence:
    """語り手. For one page, in one language."""

    def __init__(self, lang: Lang) -> None:
        """Begin with nothing known."""
        self._lang: Lang = lang
        self._registers: dict[str, Mapping[str, RegisterKind]] = {}
        self.kinds: Mapping[type[Model], Callable[[Sequence[Any]], Mapping[Any, str]]] = {
            em.Register: self._of_registers, em.Batch: self._of_batches,
        }  # fmt: skip
        english = lang == "en"
        self.figures: Mapping[type[Model], Figure] = {
            em.Register: Figure(frozenset({"definition"}), "what it holds" if english else "定義", self._held),
            em.Measure: Figure(frozenset({"text"}), "way of counting" if english else "数え方", self._counted),
        }  # fmt: skip

    def _of_registers(self, rows: Sequence[em.Register]) -> dict[int, str]:
        return {row.pk: str(row.definition.get(self._lang, row.key)) for row in rows}

    def _of_batches(self, rows: Sequence[em.Batch]) -> dict[int, str]:
        own = em.Register._base_manager.filter(pk__in={row.register_id for row in rows})
        called, words = self._of_registers(list(own)), _WORDS[self._lang]
        return {
            row.pk: words["batch"].format(
                register=called[row.register_id], n=self._entries(row.rows)
            )
            + (words["source"].format(name=row.source) if row.source else "")
            for row in rows
        }

    def _entries(self, n: int) -> str:
        if self._lang == "ja":
            return f"{n:,}件"
        return "1 entry" if n == 1 else f"{n:,} entries"

    def _held(self, row: em.Register) -> str:
        """Return a register's name, its stages and its fields; one of a later program, as it is kept."""
        try:
            holds = kind(row)
        except SoseiError:
            return str(row.definition)
        words, between = _WORDS[self._lang], "、" if self._lang == "ja" else ", "
        parts = [holds.called(lang=self._lang)]
        if holds.stages:
            parts.append(words["stages"].format(names="→".join(holds.stages)))
        if holds.fields:
            names = between.join(self._field(one) for one in holds.fields.values())
            parts.append(words["fields"].format(names=names))
        return "　".join(parts) if self._lang == "ja" else "; ".join(parts)

    def _field(self, of: Field) -> str:
        name = of.ja if self._lang == "ja" else of.en
        more = "・".join(of.choices) or of.unit or ""
        open_, close = ("（", "）") if self._lang == "ja" else (" (", ")")
        return f"{name}{open_}{more}{close}" if more else name

    def _counted(self, row: em.Measure) -> str:
        """Return a measure as a sentence; one that cannot be read, as it is written."""
        try:
            tree = measure(row.text)
            if row.body not in self._registers:
                own = registers_of(row.body)
                self._registers[row.body] = {key: kind(one) for key, one in own.items()}
        except SoseiError:
            return row.text
        return said(tree, self._registers[row.body], self._lang)
