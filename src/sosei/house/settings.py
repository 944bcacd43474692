"""設定. What the desk runs with. Environment: docs/manual/settings.md. Nothing here reaches outside the machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from sosei.house import keys
from sosei.house.environment import choice, networks, whole
from sosei.house.home import home

HOME: Path = home()
keys.begin()
#: The newest signs; with the others what was signed before is still read. Without any, `keys.require` refuses.
SECRET_KEY, *SECRET_KEY_FALLBACKS = [key.hex() for key in keys.latest_first("session")] or [""]
#: By number: every line of the journal says which one sealed it.
SOSEI_JOURNAL_KEYS: dict[int, bytes] = keys.ring("journal")
#: The newest enciphers; the others still decipher.
SOSEI_CIPHER_KEYS: list[bytes] = keys.latest_first("cipher")
#: By number: what is kept of persons says which one enciphered it; the newest enciphers.
SOSEI_PERSONAL_KEYS: dict[int, bytes] = keys.ring("personal")
DEBUG = False
ALLOWED_HOSTS = (os.environ.get("SOSEI_HOSTS") or "localhost,127.0.0.1,[::1]").split(",")
#: True behind TLS: cookies are then sent over TLS alone, and browsers are told to stay with it.
_TLS = choice("SOSEI_TLS", ("0", "1")) == "1"
#: "roles": planning officers, their head and administrators must have a second factor.
SOSEI_SECOND_FACTOR: str = choice("SOSEI_SECOND_FACTOR", ("off", "roles"))
#: The largest file that the desk takes, in megabytes.
SOSEI_UPLOAD_MB: int = whole("SOSEI_UPLOAD_MB", 20, least=1, most=200)

#: Whose X-Forwarded-For is believed; without any, an address is that of who is connected.
SOSEI_PROXIES = networks("SOSEI_PROXIES")

INSTALLED_APPS = [
    "sosei.journal",
    "sosei.offices",
    "sosei.evidence",
    "sosei.ledger",
    "sosei.web.desk",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "rules.apps.AutodiscoverRulesConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "sosei.web.desk.middleware.language.chosen_language",
    "sosei.web.desk.middleware.bodies.not_too_much",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "sosei.web.desk.middleware.headers.quiet_headers",
    "django_htmx.middleware.HtmxMiddleware",
    "sosei.web.desk.middleware.guard.duties_first",
    "sosei.web.desk.middleware.refusals.Refusals",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "sosei.house.urls"
WSGI_APPLICATION = "sosei.house.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sosei.web.desk.frame.frame",
            ],
            "builtins": ["sosei.web.desk.templatetags.desk"],
        },
    }
]
FORM_RENDERER = "sosei.web.desk.forms.renderer.DeskRenderer"


def _database() -> dict[str, Any]:
    """Return the database: SQLite in the home folder, or the PostgreSQL that SOSEI_DATABASE names."""
    address = os.environ.get("SOSEI_DATABASE", "")
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "sosei.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                # what is deleted is overwritten: of who was erased, and of texts of an earlier key, nothing is left in the file
                # 64 MB of pages at most, taken as they are used: an import into a large register touches them all over
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536;",
            },
        }
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5},  # a machine that is gone answers nothing at all
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "offices.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "sosei.web.desk.accounts.backend.InService",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    }
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"

ACCOUNT_ADAPTER = "sosei.web.desk.accounts.adapter.Account"
ACCOUNT_FORMS = {
    "login": "sosei.web.desk.accounts.forms.SignIn",
    "change_password": "sosei.web.desk.accounts.forms.ChangePassword",
    "reauthenticate": "sosei.web.desk.accounts.forms.Again",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}  # axes counts, over all processes
MFA_ADAPTER = "sosei.web.desk.accounts.adapter.SecondFactor"
MFA_FORMS = {
    "authenticate": "sosei.web.desk.accounts.forms.Code",
    "reauthenticate": "sosei.web.desk.accounts.forms.CodeAgain",
    "activate_totp": "sosei.web.desk.accounts.forms.Activate",
    "add_webauthn": "sosei.web.desk.accounts.forms.AddKey",
    "edit_webauthn": "sosei.web.desk.accounts.forms.RenameKey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Sosei"
#: On localhost only: browsers offer no passkeys elsewhere without TLS.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _TLS

AXES_CLIENT_IP_CALLABLE = "sosei.web.desk.callers.address_of"
AXES_HANDLER = "sosei.web.desk.accounts.counting.Counting"
AXES_FAILURE_LIMIT = 5  # of a name from one address
#: Of a name from all addresses: who may try it from many has no more tries than a few people's mistakes.
SOSEI_NAME_FAILURES = 20
#: Of an address over all names. High: an office, or all behind one proxy, may share one.
SOSEI_ADDRESS_FAILURES: int = whole("SOSEI_ADDRESS_FAILURES", 100, least=20, most=100_000)
AXES_COOLOFF_TIME = 1  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # so that "until when" stays true
AXES_LOCKOUT_CALLABLE = "sosei.web.desk.views.account.locked_out"
AXES_USERNAME_CALLABLE = "sosei.offices.queries.lockouts.typed_login"
AXES_SENSITIVE_PARAMETERS = ["username", "login", "password", "code", "credential"]
AXES_DISABLE_ACCESS_LOG = True  # the journal has it
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _TLS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "sosei.web.desk.views.errors.csrf_failure"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _TLS else 0
#: The proxy that ends TLS says so; without TLS nobody is believed.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _TLS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
#: Shared by the processes of this machine: a code of a second factor is good once.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cache",
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", _("日本語")), ("en", _("English"))]
TIME_ZONE = "Asia/Tokyo"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"sosei": {"level": "INFO"}},
}
