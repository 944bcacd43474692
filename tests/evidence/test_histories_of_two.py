"""同時の経過の試験. Two who act on the same registers at once, each not knowing of the other: sums and proofs stay right."""

import os
from pathlib import Path

import pytest
from wandering import differing, settle, together

from bookroom import BODY, town
from homes import python
from sosei.house import evidenced
from sosei.journal.verify import verify

pytestmark = pytest.mark.slow
#: Two threads in a process of their own, on a real file; a book in memory would be another thing.
SCRIPT = """
import sys; sys.path.insert(0, "HERE")
import django; django.setup()
from wandering import differing, settle, together
from bookroom import BODY, town
from sosei.house import evidenced
from sosei.journal.models import Entry
from sosei.journal.verify import verify
from django.core.management import call_command

call_command("migrate", verbosity=0)
office = town()
settle(office)
first = Entry.objects.count()
done = together([int(seed) for seed in sys.argv[1:]], office, 40)
assert not differing(), differing()
assert not list(evidenced.problems())
assert not verify(BODY).problems
print(*(sum(" " not in act for act in acts) for acts in done), Entry.objects.count() - first)
"""


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_一つのファイルに二人が同時に書いても合計は正しい(seed: int, tmp_path: Path) -> None:
    code = SCRIPT.replace("HERE", str(Path(__file__).parent))
    done = python(tmp_path, code, str(seed), str(seed + 100))
    assert done.returncode == 0, done.stderr[-4000:]
    one, other, lines = map(int, done.stdout.split())
    assert min(one, other) > 15
    assert lines > 40


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
