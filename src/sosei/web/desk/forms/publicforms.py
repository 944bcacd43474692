"""公開フォームの設定の欄. What an official says of a form: its address, what it asks, what it is for, when it is open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms

from sosei.evidence.kinds import RegisterKind
from sosei.evidence.publicforms import MODES, FormSaid, askable
from sosei.web.desk.forms.fields import day, words
from sosei.web.desk.saying import lang, said

_MODES: Final = (
    ("join", said("会員・登録者になる（今日から）", "Join (from today)")),
    ("post", said("投稿・申込み（一件ずつ）", "Post (one entry each)")),
    ("stamp", said("スタンプ（場所を決めて、一人一日一つ）", "Stamp (one place, once a day)")),
)


class PublicFormForm(forms.Form):
    """The settings of a form over one register."""

    def __init__(
        self, data: Any = None, *, kind: RegisterKind, initial: Mapping[str, Any] | None = None
    ) -> None:
        """Offer the ways and columns that the register has."""
        super().__init__(data, initial={**_first(kind), **(initial or {})})
        self.kind = kind
        ways = [(code, label) for code, label in _MODES if kind.kind in MODES[code]]
        columns = [(one.key, one.called(lang())) for one in askable(kind, "")]
        several: Any = forms.CheckboxSelectMultiple
        self.fields |= {
            "title": words("題名", "Title", required=True),
            "slug": words(
                "公開フォームのアドレス（/forms/ のあとの文字）", "Address (after /forms/)", required=True,
                help_text=said("はじめの案のままで使えます。変えるときは、小文字の英数字とハイフンで3〜40字。", "Ready to use. Else 3 to 40 small letters, digits and hyphens."),
            ),
            "intro": words("説明", "Introduction", rows=3, required=False),
            "notice": words(
                "書いてもらうことの使いみち（利用目的）", "What the answers are for", rows=4, required=False,
                help_text=said("人を登録する台帳では必須です。項目より先に示します。", "Required where persons are registered; shown first."),
            ),
            "mode": forms.ChoiceField(label=said("受け方", "Way of taking"), choices=ways),
            "asked": forms.MultipleChoiceField(label=said("尋ねる項目", "Fields asked"), choices=columns, widget=several),
            "required": forms.MultipleChoiceField(
                label=said("必須にする項目", "Fields required"), choices=columns, widget=several, required=False,
            ),
            "place": words("スタンプの場所", "Place of the stamp", required=False),
            "waits": forms.BooleanField(
                label=said("職員が確かめてから登録する", "An official looks before it is entered"), required=False,
            ),
            "open_from": day("受付の初日", "First day", required=False),
            "open_until": day("受付の末日", "Last day", required=False),
            "published": forms.BooleanField(label=said("公開する", "Publish"), required=False),
        }  # fmt: skip

    @property
    def said(self) -> FormSaid:
        """Return what was typed."""
        own = self.cleaned_data
        offered = {
            one.key for one in askable(self.kind, own["mode"])
        }  # a stamp's form says its place itself
        texts = {name: own[name] or None for name in ("intro", "notice", "place")}
        return FormSaid(
            slug=own["slug"], title=own["title"], mode=own["mode"], asked=tuple(key for key in own["asked"] if key in offered),
            required=tuple(key for key in own["required"] if key in offered), waits=own["waits"], published=own["published"], open_from=own["open_from"],
            open_until=own["open_until"], **texts,
        )  # fmt: skip


def _first(kind: RegisterKind) -> dict[str, Any]:
    """Return what a new form begins with: everything that entries need, the register's purpose as the notice."""
    wanted = [one.key for one in askable(kind, "") if one.required or one.key in ("who", "name", "mail")]  # fmt: skip
    return {"notice": kind.purpose or "", "asked": wanted, "waits": True, "title": kind.ja}


def initial_form(stands: FormSaid) -> dict[str, Any]:
    """Return a form as it stands."""
    return {name: getattr(stands, name) for name in FormSaid.__dataclass_fields__}
