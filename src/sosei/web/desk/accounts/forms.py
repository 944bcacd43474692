"""利用者IDの入力. allauth's forms in our words, without placeholders."""

from __future__ import annotations

from typing import Any, Final

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from sosei.core.text import narrow
from sosei.offices.actions import accounts
from sosei.web.desk.saying import said, say

_PASSWORD: Final = said("パスワード", "Password")
_FORGOTTEN: Final = said(
    "忘れたときは、システム管理者に新しいパスワードの発行を頼んでください。",
    "If you forgot it, ask the administrator for a new one.",
)
_CODE: Final = said("確認コード（6桁の数字）", "Code (six digits)")


def _word(form: forms.Form, name: str, label: str, help_text: str = "", **attrs: str) -> None:
    """Give a field our words."""
    field = form.fields[name]
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


class SignIn(LoginForm):  # type: ignore[misc]
    """サインイン."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the fields."""
        super().__init__(*args, **kwargs)
        _word(
            self, "login", said("利用者ID", "Login name"), autocapitalize="none", spellcheck="false"
        )
        _word(self, "password", _PASSWORD, _FORGOTTEN)


class ChangePassword(ChangePasswordForm):  # type: ignore[misc]
    """パスワードの変更."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the fields."""
        super().__init__(*args, **kwargs)
        _word(self, "oldpassword", said("いまのパスワード", "Present password"), _FORGOTTEN)
        rule = said(
            "12文字以上にしてください。長い言葉をいくつかつなげると、覚えやすく破られにくくなります。",
            "At least twelve characters. A few long words in a row are easy to remember and hard to guess.",
        )
        _word(self, "password1", said("新しいパスワード", "New password"), rule)
        again = said("新しいパスワード（確認のため、もう一度）", "New password (once more)")
        _word(self, "password2", again)

    def clean_password1(self) -> str:
        """Refuse the old one as the new one."""
        new = str(self.cleaned_data["password1"])
        if self.user.check_password(new):
            same = "いまと同じパスワードです。別のパスワードにしてください。"
            raise ValidationError(say(same, "This is the present password. Choose another one."))
        return new


class Again(ReauthenticateForm):  # type: ignore[misc]
    """本人の確認."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the field."""
        super().__init__(*args, **kwargs)
        _word(self, "password", _PASSWORD)


class _Counted:
    """Codes that fail are counted with the passwords that fail: the same limit, over all processes."""

    user: Any

    def clean_code(self) -> str:
        """Refuse without looking where the account is closed; count what is wrong."""
        _plain(self)  # type: ignore[arg-type]
        request, credentials = context.request, {"username": self.user.login}
        if not AxesProxyHandler.is_allowed(request, credentials):
            request.axes_locked_out, request.axes_credentials = True, credentials
            raise ValidationError("locked")
        try:
            return str(super().clean_code())  # type: ignore[misc]
        except ValidationError:
            self._count(request, credentials)
            raise

    def _count(self, request: HttpRequest, credentials: dict[str, str]) -> None:
        AxesProxyHandler.user_login_failed(type(self), credentials, request)
        locked = bool(request.axes_locked_out)  # type: ignore[attr-defined]
        accounts.sign_in_refused(login=self.user.login, way="code", locked=locked)


def _plain(form: forms.Form) -> None:
    """Take full-width digits and spaces as what they mean: １２３ ４５６ is 123456."""
    form.cleaned_data["code"] = "".join(narrow(form.cleaned_data["code"]).split())


def _code_field(form: forms.Form, help_text: str) -> None:
    _word(form, "code", _CODE, help_text, inputmode="numeric", **{"class": "is-code"})


class Code(_Counted, AuthenticateForm):  # type: ignore[misc]
    """確認コード."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the field."""
        super().__init__(*args, **kwargs)
        _code_field(self, _EITHER)


class CodeAgain(_Counted, ReauthenticateCodeForm):  # type: ignore[misc]
    """確認コードによる本人の確認."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the field."""
        super().__init__(*args, **kwargs)
        _code_field(self, _EITHER)


_EITHER: Final = said(
    "認証アプリに出ている数字を入力してください。端末が手元にないときは、控えておいた予備コードを入力してください。",
    "Enter the digits that your app shows; without the device at hand, one of your recovery codes.",
)


class Activate(ActivateTOTPForm):  # type: ignore[misc]
    """認証アプリの登録."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the field."""
        super().__init__(*args, **kwargs)
        _code_field(
            self,
            said(
                "認証アプリに出た数字を入力してください。", "Enter the digits that your app shows."
            ),
        )

    def clean_code(self) -> str:
        """Take the digits in any width."""
        _plain(self)
        return str(super().clean_code())


class AddKey(AddWebAuthnForm):  # type: ignore[misc]
    """パスキーの登録."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the fields."""
        super().__init__(*args, **kwargs)
        name_help = said(
            "どの端末や鍵のものか、あとで分かる名前にしてください。",
            "A name that tells which device or key it is.",
        )
        _word(self, "name", said("名前", "Name"), name_help)
        alone = said(
            "このパスキーだけでサインインする（パスワードを入力しない）",
            "Sign in with this passkey alone, without the password",
        )
        alone_help = said(
            "端末の暗証番号、指紋、顔のどれかによる確認が必要になります。",
            "The device then asks for its PIN, a fingerprint or the face.",
        )
        _word(self, "passwordless", alone, alone_help)


class RenameKey(EditWebAuthnForm):  # type: ignore[misc]
    """パスキーの名前."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the field."""
        super().__init__(*args, **kwargs)
        _word(self, "name", said("名前", "Name"))
