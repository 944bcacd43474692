"""サーバー. What `sosei serve` refuses before any work, how it answers, how it stops."""

import json
import os
import signal
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client

from homes import answer, free_port, serving, sosei, until
from sosei.house import home, ready, settings
from sosei.house.calm import refusal_for
from sosei.house.claim import claim, holder


def sqlite(code: int) -> OperationalError:
    """A fault as Django gives it on, with SQLite's own behind it."""
    own = sqlite3.OperationalError("x")
    own.sqlite_errorcode = code
    return caused(own)


def postgres(state: str | None) -> OperationalError:
    """A fault as Django gives it on, with PostgreSQL's own behind it."""
    own = RuntimeError("x")
    own.sqlstate = state
    return caused(own)


def caused(own: Exception) -> OperationalError:
    fault = OperationalError(str(vars(own)))
    fault.__cause__ = own
    return fault


def test_開いて答え_止めれば静かに終わる(place: Path) -> None:
    with serving(place) as (process, url):
        assert json.loads(answer(f"{url}/healthz")[1]) == {"database": True, "migrations": True}
        status, text = answer(f"{url}/")
        assert status == 200
        assert "<html" in text
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=180)
    assert process.returncode == 0
    assert f"{url.replace('127.0.0.1', 'localhost')}/ で開いています" in out
    assert "Traceback" not in err


def test_CtrlCでも静かに終わる(place: Path) -> None:
    with serving(place) as (process, _):
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=180)
    assert process.returncode in (0, 130)
    assert "Traceback" not in err


def test_空の置き場所でも開けば台帳ができる(tmp_path: Path) -> None:
    with serving(tmp_path / "new") as (_, url):
        assert answer(f"{url}/healthz")[0] == 200
    assert oct((tmp_path / "new" / home.BOOK).stat().st_mode)[-3:] == "600"


def test_ふさがったポートは仕事の前に断る(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = sosei(tmp_path / "new", "serve", "--port", taken.getsockname()[1])
    assert refused.returncode == 3
    assert refused.stderr.startswith("E682 ")
    assert "--port" in refused.stderr
    assert not (tmp_path / "new" / home.BOOK).exists()


def test_この機械にない番号では待ち受けない(place: Path) -> None:
    refused = sosei(place, "serve", "--host", "203.0.113.7", "--port", free_port(), "--lang", "en")
    assert refused.stderr.startswith("E682 ")
    assert "not an address of this machine" in refused.stderr


def test_同じ台帳の二つめのサーバーは誰が使っているかを言って断られる(place: Path) -> None:
    with serving(place) as (process, _):
        refused = sosei(place, "serve", "--port", free_port())
        assert refused.returncode == 3
        assert refused.stderr.startswith("E683 ")
        assert f"番号{process.pid}" in refused.stderr
        assert "sosei serve http://" in refused.stderr
    with serving(place) as (_, url):
        assert answer(f"{url}/healthz")[0] == 200


def test_殺されたサーバーの働き手は残らず_次のサーバーが開ける(place: Path) -> None:
    with serving(place, "--workers", 2) as (process, url):
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert until(lambda: answer(f"{url}/healthz")[0] == 0), "orphans still answer"
        assert until(lambda: holder(place / home.BOOK) is None)
    with serving(place) as (_, url):
        assert answer(f"{url}/healthz")[0] == 200


def test_新しい版で使われた台帳は開かない(place: Path) -> None:
    with closing(sqlite3.connect(place / home.BOOK)) as book:
        book.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('ledger', '9999_later', '2030-01-01')"
        )
        book.commit()
    refused = sosei(place, "serve", "--port", free_port())
    assert refused.returncode == 3
    assert refused.stderr.startswith("E684 ")
    assert "ledger.9999_later" in refused.stderr


def lacking(place: Path) -> None:
    """Make a book lack a migration, as if it were of an earlier program."""
    with closing(sqlite3.connect(place / home.BOOK)) as book:
        book.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
        book.execute("DROP TABLE django_session")
        book.commit()


def test_更新の前に控えを残す(place: Path) -> None:
    lacking(place)
    with serving(place) as (_, url):
        assert answer(f"{url}/healthz")[0] == 200
    (kept,) = (place / "backups").glob("before-*.sosei")
    assert sosei(place, "verify", "--against", kept).returncode == 0


@pytest.mark.django_db
def test_準備のできていない台帳は健康ではない(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ready, "pending", lambda: ["ledger.0001_initial"])
    ready.applied.cache_clear()
    sick = client.get("/healthz")
    assert (sick.status_code, sick.json()) == (503, {"database": True, "migrations": False})
    monkeypatch.undo()
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (sqlite(sqlite3.SQLITE_BUSY), "E693"), (sqlite(sqlite3.SQLITE_FULL), "E694"),
        (sqlite(sqlite3.SQLITE_IOERR_WRITE), "E694"), (sqlite(sqlite3.SQLITE_CANTOPEN), "E692"),
        (sqlite(sqlite3.SQLITE_ERROR), None), (postgres(None), "E692"), (postgres("57P01"), "E692"),
        (postgres("40P01"), "E693"), (postgres("53100"), "E694"), (postgres("42P01"), None),
        (InterfaceError("connection already closed"), "E692"), (ValueError(), None), (None, None),
    ],
    ids=str,
)  # fmt: skip
def test_データベースの都合は落ち着いた言葉になる(
    fault: Exception | None, code: str | None
) -> None:
    said = refusal_for(fault)
    assert (said.code if said else None) == code


def test_台帳は一つのプロセスだけが持つ(tmp_path: Path) -> None:
    book = tmp_path / home.BOOK
    assert holder(book) is None
    with claim(book, "試験"):
        who = holder(book)
        assert who is not None
        assert (who["pid"], who["what"]) == (os.getpid(), "試験")
    assert holder(book) is None


def test_台帳のファイルの名は設定と同じ(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOSEI_DATABASE", raising=False)
    assert Path(settings._database()["NAME"]).name == home.BOOK


@pytest.mark.parametrize(
    "words", [("office", "13101", "--login", "kanri2"), ("sample",)], ids=lambda words: words[0]
)
def test_どの命令も更新の前に控えを残し_使われている台帳を変えない(
    place: Path, words: tuple[str, ...]
) -> None:
    lacking(place)
    with claim(place / home.BOOK, "試験"):
        assert sosei(place, *words).stderr.startswith("E683 ")
    assert not (place / "backups").exists()
    done = sosei(place, *words)
    assert done.returncode == 0, done.stderr
    (kept,) = (place / "backups").glob("before-*.sosei")
    assert str(kept) in done.stderr
    assert sosei(place, "verify", "--against", kept).returncode == 0
