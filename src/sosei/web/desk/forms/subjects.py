"""相手の入力欄. What a subject is from a day on, and with whom it is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from django import forms
from django.core.exceptions import ValidationError

from sosei.core.corporate import read_corporate
from sosei.core.errors import SoseiError
from sosei.evidence.measures.model import Literal_
from sosei.evidence.typed import (
    LONGEST_NAME,
    Slip,
    ValueType,
    names_attribute,
    read_attribute,
    value_type,
)
from sosei.web.desk.forms.fields import day, offer, reason, words
from sosei.web.desk.registerwords import TYPES
from sosei.web.desk.saying import lang, said, say

#: Of which type values are.
Plain: TypeAlias = type
#: What a value of an attribute may be.
_TYPES: Final[Sequence[ValueType]] = ("yes-no", "text", "number", "date")
_NAME: Final = said(
    "属性の名前は、文字で始め、文字と数字だけで書いてください（空白や記号、数え方の言葉は使えません）。",
    "Begin with a letter and use letters and digits alone (no blanks, no words of measures).",
)


class AttributeForm(forms.Form):
    """What a subject is from a day on. `value`: as it is kept."""

    name = words(
        "属性", "Attribute", required=True,
        help_text=said("例：業種、ものづくり企業、本社所在地。数え方で「相手の属性」として使えます。", "For example trade, maker, seat. Measures can ask for it."),
    )  # fmt: skip
    type = forms.ChoiceField(label=said("書くもの", "Holds"))
    value = words(
        "値", "Value", required=True,
        help_text=said("「はい・いいえ」のときは、はい か いいえ と書きます。", "For yes or no, write yes or no in Japanese: はい, いいえ."),
    )  # fmt: skip
    first = day(
        "いつから", "From", required=False,
        help_text=said("この日から、次に書いた日まで、この値になります。空欄は、はじめからずっとです。", "It holds from this day until the next one. Blank: ever."),
    )  # fmt: skip

    def __init__(self, *args: Any, known: Mapping[str, Plain], **more: Any) -> None:
        """Offer the names that are known (`known`: with the type of their values)."""
        super().__init__(*args, **more)
        self.known = known
        self.fields["name"].widget.attrs |= {"list": "attributes-known", "autocomplete": "off", "maxlength": str(LONGEST_NAME)}  # fmt: skip
        offer(self, "type", [(code, say(*TYPES[code])) for code in _TYPES])

    def clean_name(self) -> str:
        """Return a name that measures can ask for."""
        name = str(self.cleaned_data["name"]).strip()
        if not names_attribute(name):
            raise ValidationError(_NAME, code="name")
        return name

    def clean(self) -> dict[str, Any]:
        """Read the value; an attribute is everywhere of one type."""
        got: dict[str, Any] = self.cleaned_data
        of: ValueType | None = got.get("type")
        should = value_type(self.known.get(got.get("name", ""), object))
        if of and should and of != should:
            self.add_error("type", say("「{n}」は、ほかの相手では「{t}」で書かれています。同じものを選んでください。", "Elsewhere “{n}” holds “{t}”. Choose the same.", n=got["name"], t=say(*TYPES[should])))  # fmt: skip
        if of and got.get("value"):
            found = read_attribute(of, got["value"])
            if isinstance(found, Slip):
                self.add_error("value", f"{found.sentence(lang())}（{found.refusal.code}）")
            else:
                got["value"] = found
        return got

    def said(self) -> tuple[str, Literal_, Any]:
        """Return name, value and day."""
        return self.cleaned_data["name"], self.cleaned_data["value"], self.cleaned_data["first"]


class RenameForm(forms.Form):
    """What an organisation is called, and its corporate number."""

    name = words("名称", "Name", required=True)
    number = words("法人番号", "Corporate number", help_text=said("13桁。分からないときは空欄にします。", "Thirteen digits. Blank where it is not known."))  # fmt: skip
    keeps = forms.BooleanField(
        label=said("前の名称で来た登録も、この団体のものにする", "Who says the former name means this one"), required=False,
        help_text=said("社名の変更や表記の訂正なら、付けたままにします。前の名称が別の団体のものだったときだけ外します。", "Leave it for a change or correction of the name. Untick it only where the former name is another's."),
    )  # fmt: skip
    reason = reason(required=True)

    def clean_number(self) -> str | None:
        """Return the thirteen digits, None where there are none."""
        text = str(self.cleaned_data["number"]).strip()
        try:
            return read_corporate(text) if text else None
        except SoseiError as wrong:
            raise ValidationError(
                f"{wrong.sentence(lang())}（{wrong.code}）", code="number"
            ) from None


class MergeForm(forms.Form):
    """With whom a subject is made one, and why."""

    into = forms.TypedChoiceField(
        label=said("残す相手", "Which one stays"), coerce=int, widget=forms.RadioSelect,
        help_text=said("もう一方の登録と属性は、すべて残す相手のものになります。", "All entries and attributes of the other one become its."),
    )  # fmt: skip
    reason = reason(required=True)

    def __init__(self, *args: Any, pair: Sequence[tuple[int, str]], **more: Any) -> None:
        """Offer the two."""
        super().__init__(*args, **more)
        offer(self, "into", pair)
