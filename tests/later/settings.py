"""あとの版の設定. The house's own, with the made-up room as the program of the day has it."""

import os

from sosei.house.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "later"]  # noqa: F405
MIGRATION_MODULES = {"later": f"later.{os.environ['LATER']}"}
