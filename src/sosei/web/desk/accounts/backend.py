"""確認. Who may be signed in at all: active, and between the day he joins and the day he leaves."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from sosei.offices.queries.standing import in_service


class InService(AuthenticationBackend):  # type: ignore[misc]
    """Refuse who has not joined yet, who has left, who is not active; also in the middle of a session."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Whether the account is in use today."""
        return in_service(user)
