"""同時の経過の試験. Two who act on the same registers at once, each not knowing of the other: sums and proofs stay right."""

import os
from pathlib import Path

import pytest
from wandering import differing, settle, together

from bookroom import BODY, town
from homes import copied, python
from sosei.house import evidenced
from sosei.journal.verify import verify

pytestmark = pytest.mark.slow
#: Two threads in a process of their own, on a real file; a book in memory would be another thing.
SCRIPT = """
import sys; sys.path.insert(0, "HERE")
import django; django.setup()
from wandering import Wanderer, close_all, differing, final_answers, settle, together
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
done = together([int(seed) for seed in sys.argv[2:]], office, 40, but)
assert not differing(), differing()
now = final_answers()
assert all(now.get(key) == was for key, was in before.items()), (before, now)
assert not list(evidenced.problems())
assert not verify(BODY).problems
print(*(sum(" " not in act for act in acts) for acts in done), Entry.objects.count() - first)
"""


@pytest.mark.parametrize("way", ["open", "calm"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_一つのファイルに二人が同時に書いても合計は正しく締めた答えは動かない(
    seed: int, way: str, empty_home: Path, tmp_path: Path
) -> None:
    """calm: much is closed before, and nobody opens it again, or counts otherwise."""
    code = SCRIPT.replace("HERE", str(Path(__file__).parent))
    done = python(copied(empty_home, tmp_path / "home"), code, way, str(seed), str(seed + 100))
    assert done.returncode == 0, done.stderr[-4000:]
    one, other, lines = map(int, done.stdout.split())
    assert min(one, other) > (15 if way == "open" else 3)
    assert lines > (40 if way == "open" else 10)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("SOSEI_DATABASE" not in os.environ, reason="run with SOSEI_DATABASE")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_PostgreSQLに二人が同時に書いても合計は正しい(seed: int) -> None:
    office = town()
    settle(office)
    done = together([seed, seed + 100, seed + 200], office, 30)
    assert min(sum(" " not in act for act in acts) for acts in done) > 10
    assert not differing()
    assert not list(evidenced.problems())
    assert not verify(BODY).problems
