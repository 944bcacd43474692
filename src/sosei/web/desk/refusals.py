"""机のお断り. What the desk itself refuses, and with which status each refusal is answered."""

from __future__ import annotations

from typing import Final

from sosei.core.errors import NotAllowed, Refused, SoseiError, Stale


class NoSuchPage(Refused):
    """No page answers to the address, or nothing is there that the person may see."""

    code = "E404"
    ja = "この画面は見つかりません。削除されたか、アドレスが違っています。ホームから探し直してください。"
    en = (
        "There is no such page. It may be gone, or the address may be wrong. Start again from Home."
    )


class FormExpired(Refused):
    """The form's token does not fit the session: signed out meanwhile, or cookies are off."""

    code = "E405"
    ja = "この画面は古くなっているため、送信できませんでした。前の画面に戻り、画面を読み込み直してから、もう一度押してください。入力した内容は、戻ると残っていることがあります。"
    en = "This page was too old to be sent. Go back, reload the page, and try again. What you typed may still be there."


class NotUnderstood(Refused):
    """A request that no page of the desk sends."""

    code = "E406"
    ja = "送られた内容を受け取れませんでした。前の画面に戻り、もう一度操作してください。"
    en = "What was sent could not be taken. Go back and try again."


class NoFile(Refused):
    """An upload without a file."""

    code = "E407"
    ja = "ファイルが選ばれていません。ファイルを選んでから、もう一度押してください。"
    en = "No file was chosen. Choose a file, then try again."


class EmptyFile(Refused):
    """An upload of no bytes."""

    code = "E408"
    ja = "「{name}」は空のファイルです。正しいファイルかどうか確かめて、選び直してください。"
    en = "“{name}” is an empty file. Check that it is the right one and choose again."


class LargeFile(Refused):
    """An upload of more bytes than are taken."""

    code = "E409"
    ja = "「{name}」は{size}あり、受け取れる大きさ（{limit}まで）を超えています。必要な表だけを別のファイルに保存して、選び直してください。"
    en = "“{name}” has {size}; at most {limit} are taken. Save the tables you need as a file of their own."


class TooMuchSent(Refused):
    """A request of more bytes than are taken at once, whatever is in it."""

    code = "E419"
    ja = "一度に送れる量（{limit}MBまで）を超えています。ファイルを何回かに分けて送ってください。"
    en = "More was sent at once than is taken ({limit} MB at most). Send the files in several goes."


class WrongKey(Refused):
    """A second factor that was enciphered with another house's key."""

    code = "E410"
    ja = "二段階の確認の情報を読み出せません。台帳を移したときに、鍵のファイル（keys/cipher.key）が移されていません。システム管理者に知らせてください。"
    en = "The second factor cannot be read: the key file (keys/cipher.key) was not carried along with the book. Tell the administrator."


class PasswordDue(Refused):
    """The person must change the password first."""

    code = "E411"
    ja = "はじめに、パスワードを自分だけが知っているものに変えてください。変えると、ほかの画面が使えるようになります。"
    en = "First change the password to one that only you know. Then the other pages open."


class FactorDue(Refused):
    """The person's role needs a second factor."""

    code = "E412"
    ja = "あなたの役割では、二段階の確認が必要です。認証アプリかパスキーを登録すると、ほかの画面が使えるようになります。"
    en = "Your role needs a second factor. Set up an authenticator app or a passkey; then the other pages open."


_STATUS: Final[tuple[tuple[type[SoseiError], int], ...]] = (
    (NotAllowed, 403),
    (NoSuchPage, 404),
    (FormExpired, 403),
    (NotUnderstood, 400),
    (Stale, 409),
)
#: What is refused because of where things stand, not of what was typed: it may be done later, or by going another way.
_NOT_NOW: Final = frozenset(
    [
        "E420",
        "E421",
        "E422",
        "E423",
        "E424",
        "E426",
        "E427",
        "E428",
        "E432",
        "E433",
        "E436",
        "E440",
        "E470",
        "E471",
        "E640",
        "E642",
        "E643",
        "E645",
        "E647",
        "E652",
        "E653",
        "E743",
        "E744",
        "E746",
    ]
)
_UNKNOWN: Final = frozenset({"E413", "E447", "E603", "E740", "E755"})  # a row that is not there


def status_of(error: SoseiError) -> int:
    """Return the status of an answer that refuses: 403 not allowed, 404 not there, 409 not now, 422 else."""
    for kind, status in _STATUS:
        if isinstance(error, kind):
            return status
    if type(error) is SoseiError:
        return 500
    if error.code in _UNKNOWN:
        return 404
    return 409 if error.code in _NOT_NOW else 422
