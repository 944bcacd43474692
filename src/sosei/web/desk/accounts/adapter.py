"""仲立ち. What allauth asks us: no sign-up, no mail, our sentences, each sign-in in the journal, secrets enciphered at rest."""

from __future__ import annotations

from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import InvalidToken, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from sosei.offices.actions import accounts
from sosei.offices.queries.standing import in_service
from sosei.web.desk.accounts.cipher import cipher
from sosei.web.desk.accounts.factor import needs_factor
from sosei.web.desk.refusals import WrongKey
from sosei.web.desk.saying import said, say

_SENTENCES: Final = {
    "username_password_mismatch": said(
        "利用者IDかパスワードが違います。大文字と小文字、全角と半角を確かめて、もう一度入力してください。",
        "The login name or the password is wrong. Check capital letters and try again.",
    ),
    "incorrect_password": said(
        "パスワードが違います。もう一度入力してください。",
        "The password is wrong. Please enter it again.",
    ),
    "enter_current_password": said(
        "いまのパスワードが違います。もう一度入力してください。",
        "The present password is wrong. Please enter it again.",
    ),
    "too_many_login_attempts": said(
        "失敗が続いたため、しばらく受け付けられません。5分ほど待ってから、もう一度入力してください。",
        "Too many failures. Please wait about five minutes and try again.",
    ),
    "rate_limited": said(
        "操作が続いたため、しばらく受け付けられません。5分ほど待ってから、もう一度押してください。",
        "Too many requests. Please wait about five minutes and try again.",
    ),
    "incorrect_code": said(
        "確認コードが違います。認証アプリに出ている新しい6桁の数字を入力してください。",
        "The code is wrong. Enter the six digits your app shows now.",
    ),
    "cannot_delete_authenticator": said(
        "あなたの役割では、二段階の確認を外せません。システム管理者に頼んでください。",
        "Your role needs a second factor; it cannot be removed. Ask an administrator.",
    ),
    "cannot_generate_recovery_codes": said(
        "先に、認証アプリかパスキーを登録してください。",
        "Set up an authenticator app or a passkey first.",
    ),
}


class Account(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the office's administrator; nothing leaves the machine."""

    error_messages: Final = {**DefaultAccountAdapter.error_messages, **_SENTENCES}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs himself up."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing."""

    def send_notification_mail(
        self, template_prefix: str, user: Any, *args: Any, **kw: Any
    ) -> None:
        """Send nothing; a change of the second factor is written into the journal."""
        kind, _, change = template_prefix.rpartition("/")
        if kind == "mfa/email":
            accounts.factor_changed(by=user, change=change)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave counting to axes, which counts in the database, over all processes."""

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record it, unless the account was closed before: then it is no more news."""
        if getattr(request, "axes_failures_since_start", None):
            accounts.sign_in_refused(
                login=str(credentials.get("username", "")),
                way="password",
                locked=request.axes_locked_out,  # type: ignore[attr-defined]
            )

    def pre_login(self, request: HttpRequest, user: Any, **more: Any) -> HttpResponse | None:
        """Stop who is not in service, whatever the way he came."""
        if in_service(user):
            return None
        accounts.sign_in_refused(login=user.login, way="not_valid", locked=False)
        return self.respond_user_inactive(request, user)  # type: ignore[no-any-return]

    def post_login(self, request: HttpRequest, user: Any, **more: Any) -> HttpResponse:
        """Record the sign-in with the ways in which the person proved who he is."""
        records = get_authentication_records(request, user)
        ways = [str(record.get("type") or record["method"]) for record in records]
        accounts.signed_in(by=user, ways=tuple(dict.fromkeys(ways)))
        return super().post_login(request, user, **more)  # type: ignore[no-any-return]

    def logout(self, request: HttpRequest) -> None:
        """Record the sign-out."""
        person = request.user
        super().logout(request)
        accounts.signed_out(by=person)  # type: ignore[arg-type]

    def set_password(self, user: Any, password: str) -> None:
        """Change the person's own password."""
        accounts.change_password(by=user, password=password)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **more: Any,
    ) -> None:
        """Say only what a person wants to read: no 「ログインしました」."""
        if message_template not in _UNSAID:
            super().add_message(request, level, message_template, *args, **more)


_UNSAID: Final = frozenset({"account/messages/logged_in.txt"})


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: secrets are enciphered with the house's key."""

    error_messages: Final = {**DefaultMFAAdapter.error_messages, **_SENTENCES}

    def encrypt(self, text: str) -> str:
        """Encipher a secret for the database."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decipher a secret. Raises WrongKey where the book was carried here without its keys."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            raise WrongKey from None

    def get_totp_label(self, user: Any) -> str:
        """Return what the app on the telephone shows: the login name, never a mail address."""
        return str(user.login)

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.login)

    def _get_site_name(self) -> str:
        return settings.MFA_TOTP_ISSUER

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """Return a name for a new passkey."""
        return say("この端末のパスキー", "Passkey of this device")

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Whether the person may go on without: not where his role needs a second factor and this is the last."""
        from_role = needs_factor(authenticator.user)
        others = authenticator.user.authenticator_set.exclude(pk=authenticator.pk)
        return not from_role or others.exclude(type="recovery_codes").exists()


def _cipher() -> MultiFernet:
    """Return the cipher of the house's keys: the newest enciphers, every one deciphers."""
    return cipher(settings.SOSEI_CIPHER_KEYS)
