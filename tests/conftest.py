"""What every test may use: where the reference cases are, and why a test is skipped without them."""

from pathlib import Path

import pytest
from hypothesis import settings

# How long one example takes says more about the machine than about the code.
settings.register_profile("sosei", deadline=None)
settings.load_profile("sosei")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference cases beside the project."""
    if not (SHARED / "cases").is_dir():
        pytest.skip("the reference cases (../shared) are not on this machine")
    return SHARED
