"""The same tables from an engine that is there already, and what is said when it is not."""

import threading
from pathlib import Path

import pytest

from corpusroom import BENCH, SEED, built, by_path
from sosei.corpus import cluster
from sosei.corpus.cluster import read_there
from sosei.corpus.listing import content
from sosei.corpus.reader import Limits
from sosei.corpus.refusals import NoEngine, OtherReader

pytestmark = pytest.mark.slow
pytest.importorskip("pyarrow", reason="pyarrow: not installed")
distributed = pytest.importorskip("distributed", reason="distributed: not installed")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("corpus")
    BENCH["make"](place, 40, SEED)
    return place


def test_二人のうち一人が途中で殺されても同じ表になる(folder, tmp_path) -> None:
    assert built(folder, tmp_path / "here").returncode == 0
    with BENCH["cluster"](2) as (address, workers):
        threading.Timer(2.0, workers[0].kill).start()
        done = built(folder, tmp_path / "there", "--cluster", address)
    assert done.returncode == 0, done.stderr
    assert BENCH["digests"](tmp_path / "there") == BENCH["digests"](tmp_path / "here")
    assert by_path(tmp_path / "there")


def test_働き手のいない基盤と答えない番地は一文で断る(folder, tmp_path) -> None:
    with BENCH["cluster"](0) as (address, _):
        done = built(folder, tmp_path / "out", "--cluster", address)
        assert (done.returncode, done.stderr.split()[0]) == (3, "E511")
        assert "no worker" in done.stderr
    for nowhere in ("どこか", "tcp://127.0.0.1:1", "127.0.0.1"):
        done = built(folder, tmp_path / "out", "--cluster", nowhere)
        assert (done.returncode, done.stderr.split()[0]) == (3, "E511")
        assert "Traceback" not in done.stderr


def test_何人もの働き手を道連れにしたファイルは_ここで読む(tmp_path) -> None:
    """The engine gives a file up after several deaths; a lost engine is a sentence."""
    (tmp_path / "a.txt").write_text("指標名\t目標値\n来場者\t30人\n", "utf-8")

    class Given:
        """A task of the engine that ended like this."""

        def __init__(self, fault: Exception) -> None:
            self.fault = fault

        def result(self):
            raise self.fault

    with BENCH["cluster"](1) as (address, _):
        engine = cluster.Cluster(tmp_path, address, Limits())
        try:
            found, dead = content(tmp_path, b"a.txt"), distributed.KilledWorker("k", None, 3)
            done = cluster.Sent(Given(dead), b"a.txt", found, engine).result()
            assert (done.head["status"], done.sha256) == ("read", found.sha256)
            gone = distributed.CancelledError("k")
            with pytest.raises(NoEngine):
                cluster.Sent(Given(gone), b"a.txt", found, engine).result()
        finally:
            engine.close()


def test_版の違うSoseiの働き手には読ませない(tmp_path) -> None:
    (tmp_path / "a.txt").write_text("指標名\t目標値\n来場者\t30人\n", "utf-8")
    found = content(tmp_path, b"a.txt")
    with pytest.raises(OtherReader):
        read_there(found, Limits(), "別の版")
    head, _ = read_there(found, Limits(), cluster.edition())
    assert head["status"] == "read"
    cluster._mine.reader.close()
    cluster._mine.reader.release()
    del cluster._mine.reader
