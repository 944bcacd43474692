"""試験の設定. The desk's own settings, with a home of the tests' own and a password hash that costs nothing."""

import os
import tempfile

os.environ.setdefault("SOSEI_HOME", tempfile.mkdtemp(prefix="sosei-test-"))

from sosei.house.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
