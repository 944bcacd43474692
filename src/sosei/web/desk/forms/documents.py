"""証拠書類の入力欄. What is said of documents as they are attached, how they are handled later, and what is looked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from sosei.core.fiscal import FiscalYear
from sosei.evidence.actions.documents import Handling, Said
from sosei.evidence.papers.words import FIRST_YEAR, LEVELS, MOST_NOTE, SORTS, YEARS
from sosei.evidence.queries.documents import Asked
from sosei.journal.clock import today
from sosei.web.desk.forms.fields import Choices, offer, pick, reason, words, years
from sosei.web.desk.saying import said, say
from sosei.web.desk.who import number_of


def _sorts() -> Choices:
    return [(code, said(*names)) for code, names in SORTS.items()]


def _levels() -> Choices:
    return [(code, said(*names)) for code, names in LEVELS.items()]


def _kept() -> list[tuple[int, str]]:
    return [(n, say("{n}年", "{n} years", n=n)) for n in YEARS]


def _choice(ja: str, en: str, choices: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=said(ja, en), choices=choices, **more)


_PERSONAL = said(
    "氏名や連絡先など、だれのことか分かるものがある", "It says who somebody is (a name, a contact)"
)
_PERSONAL_HELP = said(
    "印を付けると、連絡先を見られる人だけが開け、開いたことが証跡に残ります。本人の登録に付けた書類は、印がなくても本人の消去とともに消えます。",
    "Then only who may see contacts opens it, and that he did stands in the journal. What is attached to a person’s entry goes when he is erased, marked or not.",
)


class AttachForm(forms.Form):
    """Documents that are attached; the files themselves stand beside it."""

    sort = _choice("種別", "Sort", _sorts)
    stage = pick("段階", "Stage", required=False)
    year = pick(
        "年度", "Fiscal year",
        help_text=said("この書類が証拠となる事業の年度です。保存年数は、この年度の終わりから数えます。", "The year it is evidence of; it is kept from that year's end."),
    )  # fmt: skip
    keep_years = pick(
        "保存年数", "Kept for",
        help_text=said("交付金の証拠は5年以上です。文書管理規程がより長ければ、そちらに合わせてください。", "Evidence of grants is kept for at least five years; longer where your rules say so."),
    )  # fmt: skip
    level = _choice("自治体機密性", "Class", _levels)
    personal = forms.BooleanField(label=_PERSONAL, required=False, help_text=_PERSONAL_HELP)
    note = words("摘要", "Remark", help_text=said("何を証明する書類か、短く。暗号にして保存します。", "What it proves, in short. It is kept enciphered."))  # fmt: skip

    def __init__(self, *args: Any, stages: Sequence[str] = (), **more: Any) -> None:
        """Offer what there is. `stages`: of a case, which a document may prove."""
        super().__init__(*args, **more)
        this = FiscalYear.of(today()).start
        offer(self, "year", years(range(this + 1, FIRST_YEAR - 1, -1)))
        offer(self, "keep_years", _kept())
        offer(self, "stage", list(enumerate(stages, 1)), say("案件の全体", "the whole case"))
        if not stages:
            del self.fields["stage"]

    def said(self) -> Said:
        """Return what is said of the documents."""
        got = self.cleaned_data
        return Said(**{name: got[name] for name in ("sort", "level", "year", "keep_years", "personal", "note")})  # fmt: skip


class HandlingForm(forms.Form):
    """How a document is handled from now on."""

    sort = _choice("種別", "Sort", _sorts)
    level = _choice("自治体機密性", "Class", _levels)
    keep_years = pick("保存年数", "Kept for", help_text=said("長くすることだけができます。", "It can be made longer alone."))  # fmt: skip
    personal = forms.BooleanField(label=_PERSONAL, required=False, help_text=_PERSONAL_HELP)
    held = words(
        "保存を続ける理由", "Why it is held", rows=2,
        help_text=said("返還や訴訟などで期限を過ぎても残すときに書きます。空欄なら、期限で消去の案に出ます。氏名は書かないでください。", "Where it is kept beyond its time, for a repayment or a lawsuit. Blank: it goes when its time is over. Give no name."),
    )  # fmt: skip

    reason = words(
        "開ける人を広げる理由", "Why more people may open it", rows=2,
        help_text=said("個人の分かる書類の印を外すとき、機密性を下げるときに書きます。氏名は書かないでください。", "Where the mark goes, or the class is lowered. Give no name."),
    )  # fmt: skip

    def __init__(self, *args: Any, least: int, holds: bool, **more: Any) -> None:
        """Offer what may be chosen. `least`: as long as it is kept now; `holds`: the person may hold and release."""
        super().__init__(*args, **more)
        # what is sent may be of an earlier, shorter time: the act says that it stands longer by now
        offered = [one for one in _kept() if one[0] >= least or self.is_bound]
        offer(self, "keep_years", offered or [(least, say("{n}年", "{n} years", n=least))])
        self.fields["held"].disabled = not holds

    def now(self) -> Handling:
        """Return how it is handled."""
        return Handling(**self.cleaned_data)


class DocumentReasonForm(forms.Form):
    """Why a document is voided or erased."""

    reason = reason(required=True, max_length=MOST_NOTE)


class DocumentFilterForm(forms.Form):
    """What is looked for among a register's documents."""

    sort = _choice("種別", "Sort", _sorts, required=False)
    level = _choice("機密性", "Class", _levels, required=False)
    year = pick("年度", "Year", required=False)
    state = _choice("状態", "State", list, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        """Offer all, first."""
        super().__init__(*args, **more)
        every, this = say("すべて", "all"), FiscalYear.of(today()).start
        offer(self, "sort", _sorts(), every)
        offer(self, "level", [(code, code) for code in LEVELS], every)
        offer(self, "year", years(range(this + 1, FIRST_YEAR - 1, -1), short=True), every)
        offer(self, "state", [("all", say("取消・消去済みも", "voided and erased, too"))], say("有効なもの", "those that stand"))  # fmt: skip

    def asked(self, after: str | None) -> Asked:
        """Return what is asked for; `after`: the last document of the page before."""
        got = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        return Asked(
            sort=got.get("sort") or "", level=got.get("level") or "", year=got.get("year"), state=got.get("state") or "",
            after=number_of(after) or 0,
        )  # fmt: skip


class _Numbers(forms.TypedMultipleChoiceField):
    """Numbers that a page showed; whether they still stand for something is for the act to see."""

    def valid_value(self, value: Any) -> bool:
        """Whether it is a number."""
        return number_of(str(value)) is not None


class ShownForm(forms.Form):
    """The documents that were shown as those that are erased."""

    documents = _Numbers(
        coerce=int, widget=forms.MultipleHiddenInput,
        error_messages={"required": said("消去する書類が示されていません。一覧を見てから消去してください。", "No documents were shown. See the list, then erase.")},
    )  # fmt: skip
