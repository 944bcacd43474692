"""二段階の確認. Who needs a second factor (`SOSEI_SECOND_FACTOR=roles`), and who has one."""

from __future__ import annotations

from typing import Any, Final

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

from sosei.offices.permissions import held_by

#: Roles that see or change the whole book.
ROLES: Final = frozenset({"admin", "planner", "planning_head"})
KINDS: Final = ("totp", "webauthn")


def needs_factor(person: Any) -> bool:
    """Whether a person's roles need a second factor, also those he holds in someone's stead."""
    asked: bool = settings.SOSEI_SECOND_FACTOR == "roles"
    return asked and any(held.role in ROLES for held in held_by(person))


def has_factor(person: Any) -> bool:
    """Whether a person has a second factor; recovery codes alone are none."""
    return bool(is_mfa_enabled(person, KINDS))
