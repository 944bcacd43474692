"""常駐するもの. A server process sets aside what it holds for ever, with every page's address loaded."""

import subprocess
import sys

_PROGRAM = """
import gc, sys
from sosei.house import wsgi
assert "sosei.web.desk.views.home" in sys.modules
print(gc.get_freeze_count())
"""


def test_サーバーの入口は動かないものをごみ集めから外す(tmp_path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM], env={"SOSEI_HOME": str(tmp_path), "PATH": ""},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert int(done.stdout) > 10_000
