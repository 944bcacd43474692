"""項目の名. Every table and column of the book has its names in both languages, and what is named is there."""

import re

import pytest
from django.apps import apps

from sosei.journal.columns import _table, code_word, column_name, manner, table_name, technical
from sosei.journal.history import _KEPT
from sosei.journal.models import Fact

BOOK = [kind for kind in apps.get_models() if issubclass(kind, Fact) and kind.__module__.startswith("sosei.")]  # fmt: skip
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")


@pytest.mark.parametrize("kind", BOOK, ids=lambda kind: kind._meta.label_lower)
def test_どの表のどの項目にも二つの言葉の名がある(kind) -> None:
    table = kind._meta.label_lower
    assert JAPANESE.search(table_name(table))
    assert not JAPANESE.search(table_name(table, "en"))
    for field in kind._meta.concrete_fields:
        if field.attname in _KEPT:
            continue
        english = column_name(table, field.attname, "en")
        assert english, f"{table}.{field.attname}"
        assert not JAPANESE.search(english)
        said = column_name(table, field.attname) or str(field.verbose_name)
        assert JAPANESE.search(said) or said == "SHA-256", f"{table}.{field.attname}: {said}"


def test_名のある表と項目は台帳にある() -> None:
    tables = {kind._meta.label_lower for kind in BOOK}
    columns = {field.attname for kind in BOOK for field in kind._meta.concrete_fields}
    named = _table()
    assert set(named["tables"]) - tables == {"offices.person", "journal.entry"}
    assert not [c for c in named["columns"] if c.rpartition(".")[2] not in columns]
    for table, hidden in named["technical"].items():
        assert table == "columns" or table in tables
        assert not set(hidden) - columns
    assert not {c for part in named["shown"].values() for c in part} - columns


def test_表ごとの名は列だけの名より先に立つ() -> None:
    assert column_name("ledger.value", "until", "en") == "replaced at"
    assert column_name("ledger.exemption", "until", "en") == "until"
    assert code_word("ledger.batch", "state", "applied") == "反映済み"
    assert code_word("ledger.opinionreading", "state", "applied") == "取込済み"
    assert code_word("ledger.value", "origin", "typed", "en") == "typed"
    assert code_word("ledger.value", "origin", "unheard") is None


def test_技術情報だけの項目と見せ方が分かる() -> None:
    assert technical("ledger.value", "trace")
    assert technical("ledger.edition", "report")
    assert not technical("ledger.value", "reason")
    assert (manner("fiscal_year"), manner("size"), manner("reason")) == ("year", "bytes", None)
