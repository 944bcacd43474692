"""検証の見せ場. `sosei verify` on copies of the sample city's book: a changed row, a changed name, a removed row, a cut tail,
each named by the command.

The tail is found against the last edition: the one in the book, and its file that the city has on its own site.
"""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from homes import copied, sosei
from sosei.house import home


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's home, made by the command; not to be written to."""
    place = tmp_path_factory.mktemp("mihon") / "home"
    done = sosei(place, "sample", "--home", place)
    assert done.returncode == 0, done.stderr
    return place


@pytest.fixture
def copy(city: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may tamper with."""
    return copied(city, tmp_path / "copy")


def sql(place: Path, statement: str, *values: object) -> list[tuple]:
    with closing(sqlite3.connect(place / home.BOOK)) as book:
        found = book.execute(statement, values).fetchall()
        book.commit()
        return found


def verified(place: Path, *words: object) -> tuple[int, dict[str, str], dict[str, str]]:
    """The exit status, what is wrong and what is not proven, by code."""
    done = sosei(place, "verify", "--format", "json", *words)
    data = json.loads(done.stdout)
    wrong, open_ = (
        {said["code"]: said["ja"] for said in data[kind]} for kind in ("problems", "unproven")
    )
    return done.returncode, wrong, open_


def last_edition(place: Path) -> tuple[int, int, bytes]:
    """The newest edition: its number in the journal, and the bytes of its manifest as it was published."""
    ((edition, seq),) = sql(place, "SELECT id, seq FROM ledger_edition ORDER BY seq DESC LIMIT 1")
    ((data,),) = sql(
        place,
        "SELECT b.data FROM ledger_editionfile f JOIN ledger_blob b ON b.sha256 = f.sha256 "
        "WHERE f.edition_id = ? AND f.form = 'manifest'",
        edition,
    )
    return edition, seq, data


def cut(place: Path, after: int) -> None:
    """Cut the journal's end off as somebody would who knows the tables: the recorded end fits, and no row is younger."""
    ((seal,),) = sql(place, "SELECT seal FROM journal_entry WHERE seq = ?", after)
    sql(place, "DELETE FROM journal_entry WHERE seq > ?", after)
    sql(place, "UPDATE journal_chain SET seq = ?, head = ?", after, seal)


def test_見本の台帳は合っている(city: Path) -> None:
    status, wrong, unproven = verified(city)
    assert (status, wrong) == (0, {})
    assert list(unproven) == ["N01"], "only what came after the last edition is not proven"


def test_変えられた行を名指しする(copy: Path) -> None:
    ((row,),) = sql(copy, "SELECT id FROM ledger_spending WHERE label = '販路開拓支援事業補助金' AND yen IS NOT NULL ORDER BY id LIMIT 1")  # fmt: skip
    sql(copy, "UPDATE ledger_spending SET yen = yen + 1000 WHERE id = ?", row)
    status, wrong, _ = verified(copy)
    assert (status, list(wrong)) == (1, ["J10"])
    assert f"経費「販路開拓支援事業補助金」（番号{row}）" in wrong["J10"]
    said = sosei(copy, "verify").stdout
    assert "合わないところが1件あります" in said
    assert "このまま公表や復元をせず" in said


def test_変えられた氏名を名指しする(copy: Path) -> None:
    """Who approved is a number in the journal; that the name beside it is his is proven, though no name stands there."""
    ((number,),) = sql(copy, "SELECT id FROM offices_person ORDER BY id LIMIT 1")
    sql(copy, "UPDATE offices_person SET name = '影 武者' WHERE id = ?", number)
    status, wrong, _ = verified(copy)
    assert (status, list(wrong)) == (1, ["J16"])
    assert f"利用者「影 武者」（番号{number}）の氏名が" in wrong["J16"]


def test_ほかの団体に移された証跡の行を名指しする(copy: Path) -> None:
    ((body,),) = sql(copy, "SELECT body FROM journal_chain")
    sql(copy, "UPDATE journal_entry SET body = '990009', seq = 1 WHERE body = ? AND seq = 5", body)
    status, wrong, _ = verified(copy)
    assert status == 1
    assert "第5行がなくなって" in wrong["J02"]
    assert "団体990009" in " ".join(wrong.values())


def test_消された行を名指しする(copy: Path) -> None:
    ((row,),) = sql(copy, "SELECT id FROM ledger_opinion ORDER BY id LIMIT 1")
    sql(copy, "DELETE FROM ledger_opinion WHERE id = ?", row)
    status, wrong, _ = verified(copy)
    assert (status, list(wrong)) == (1, ["J11"])
    assert (
        f"ledger.opinion（番号{row}）" in wrong["J11"] or f"有識者意見（番号{row}）" in wrong["J11"]
    )


def test_切られた末尾を最後の版との比べで名指しする(copy: Path) -> None:
    edition, seq, _ = last_edition(copy)
    cut(copy, after=seq - 3)
    status, wrong, _ = verified(copy)
    assert status == 1
    assert f"第{seq}行までありますが、いまは第{seq - 3}行までしかありません" in wrong["J06"]
    ((number, year),) = sql(
        copy,
        "SELECT e.number, v.fiscal_year FROM ledger_edition e JOIN ledger_volume v ON v.id = e.volume_id WHERE e.id = ?",
        edition,
    )
    assert f"{year}年度の第{number}版" in wrong["J06"]


def test_版ごと消して末尾を切っても外にある版のファイルが言う(copy: Path, tmp_path: Path) -> None:
    edition, seq, manifest = last_edition(copy)
    outside = tmp_path / "manifest.json"
    outside.write_bytes(manifest)
    cut(copy, after=seq - 3)
    for table in ("editionfile", "erratum"):
        sql(copy, f"DELETE FROM ledger_{table} WHERE edition_id = ?", edition)
    sql(copy, "DELETE FROM ledger_edition WHERE id = ?", edition)
    assert "J06" not in verified(copy)[1], "nothing in the book itself says so any more"
    status, wrong, _ = verified(copy, "--against", outside)
    assert status == 1
    assert "manifest.json" in wrong["J06"]
    said = sosei(copy, "verify", "--against", outside, "--lang", "en").stdout
    assert "the end of the journal was cut off" in said


def test_最後の版より後ろを切ったものは証明できないと言う(copy: Path) -> None:
    _, seq, _ = last_edition(copy)
    ((last,),) = sql(copy, "SELECT max(seq) FROM journal_entry")
    assert last > seq
    _, _, unproven = verified(copy)
    assert f"第{last}行" in unproven["N01"], "the end is told apart as not proven, never as fine"
