"""同時の経過の試験. Two who act on the same registers at once, each not knowing of the other: sums and proofs stay right."""

import os
from pathlib import Path

import pytest
from wandering import differing, settle, together, went

from bookroom import BODY, town
from homes import copied, python
from sosei.house import evidenced
from sosei.journal.verify import verify

pytestmark = pytest.mark.slow
#: Two threads in a process of their own, on a real file; a book in memory would be another thing.
SCRIPT = """
import sys; sys.path.insert(0, "HERE")
import django; django.setup()
from wandering import Wanderer, close_all, differing, final_answers, settle, together, went
from bookroom import BODY, town
from sosei.house import evidenced
from sosei.journal.models import Entry
from sosei.journal.verify import verify

office = town()
settle(office)
who, calm = Wanderer(7, office, key="first"), sys.argv[1] == "calm"
for _ in range(6 if calm else 0):
    who.define()
if calm:
    close_all(office)
before = final_answers()
assert not calm or len(before) > 20
first = Entry.objects.count()
but = ["reopen", "redefine", "drop"] if calm else []
acts, lines, *seeds = map(int, sys.argv[2:])
done = together(seeds, office, 40, but, lambda own: went(own) >= acts and Entry.objects.count() >= first + lines)
assert not differing(), differing()
now = final_answers()
assert all(now.get(key) == was for key, was in before.items()), (before, now)
assert not list(evidenced.problems())
assert not verify(BODY).problems
print(*map(went, done), Entry.objects.count() - first)
"""


@pytest.mark.parametrize("way", ["open", "calm"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_一つのファイルに二人が同時に書いても合計は正しく締めた答えは動かない(
    seed: int, way: str, empty_home: Path, tmp_path: Path
) -> None:
    """calm: much is closed before, and nobody opens it again, or counts otherwise."""
    code = SCRIPT.replace("HERE", str(Path(__file__).parent))
    acts, lines = (16, 41) if way == "open" else (4, 11)
    said = map(str, (acts, lines, seed, seed + 100))
    done = python(copied(empty_home, tmp_path / "home"), code, way, *said)
    assert done.returncode == 0, done.stderr[-4000:]
    one, other, written = map(int, done.stdout.split())
    assert min(one, other) >= acts
    assert written >= lines


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("SOSEI_DATABASE" not in os.environ, reason="run with SOSEI_DATABASE")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_PostgreSQLに二人が同時に書いても合計は正しい(seed: int) -> None:
    office = town()
    settle(office)
    done = together([seed, seed + 100, seed + 200], office, 30, enough=lambda own: went(own) > 10)
    assert min(map(went, done)) > 10
    assert not differing()
    assert not list(evidenced.problems())
    assert not verify(BODY).problems
