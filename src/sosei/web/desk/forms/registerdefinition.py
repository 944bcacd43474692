"""台帳の定義の入力欄. What a register holds, said without code: its name and kind, and its columns as rows that can be added, moved, taken away.

No one types keys: a column keeps the one it has, a new one is given one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from django import forms

from sosei.evidence.definitions import field_key, field_table
from sosei.evidence.kindproblems import KindProblem
from sosei.evidence.kinds import FIELD_TYPES, SUBJECTS, RegisterKind, kind_of
from sosei.evidence.measures.entries import KINDS
from sosei.evidence.measures.refusals import BadRegisterKind
from sosei.web.desk.forms.fields import Choices, choice, figure, offer, pick, reason, words
from sosei.web.desk.forms.registerrules import kept_rules
from sosei.web.desk.forms.registers import years_kept
from sosei.web.desk.registerwords import (
    EXAMPLES,
    TYPES,
    kind_line,
    kind_name,
)
from sosei.web.desk.registerwords import (
    SUBJECTS as SUBJECT_WORDS,
)
from sosei.web.desk.saying import said, say

#: Columns of one register; more are two registers.
MOST_FIELDS: Final = 60
#: Blank rows that a new register's form offers.
SPARE: Final = 3
#: What is said at the field that a problem of the definition is about.
_SAID: Final[Mapping[str, Any]] = {
    "ja": said("名前を書いてください。", "Write a name."),
    "en": said("英語の名前を書いてください。", "Write an English name."),
    "kind": said("種類を選んでください。", "Choose a kind."),
    "subject": said("だれについての台帳かを選んでください。", "Choose whom it is about."),
    "stages": said("段階を、一行に一つずつ、重ならないように、八つまで書いてください。", "Write the stages one a line, none twice, eight at most."),
    "asks": said("尋ねる相手の名簿を選んでください。", "Choose the roster of whom it asks."),
    "purpose": said("個人を登録する台帳には、利用目的を書いてください。", "A register of persons needs a purpose."),
    "about": said("説明は一行で、120字までにしてください。", "Say it in one line of at most 120 characters."),
    "choices": said("選択肢を、一行に一つずつ、重ならないように書いてください。選択肢があるのは「選択肢から選ぶ」の列だけです。", "Write the choices one a line, none twice; only a column of choices has any."),
    "unit": said("単位を書けるのは「数」の列だけです。", "Only a column of numbers has a unit."),
    "personal": said("個人情報にできるのは、個人を登録する台帳の列だけです。", "Only a register of persons has personal columns."),
    "type": said("書くものを選んでください。", "Choose what it holds."),
}  # fmt: skip
_TWICE: Final = said("同じ名前の列が二つあります。区別の付く名前にしてください。", "Two columns have this name. Let them differ.")  # fmt: skip


def lines_of(text: str) -> list[str]:
    """Return what stands on the lines of a field, blank ones left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class DefinitionForm(forms.Form):
    """What a register is. `stands`: as it is now; `fixed`: it has entries, so that its kind, whom it is about and whom it asks stay."""

    ja = words("台帳の名前", "Name", required=True)
    en = words("英語の名前", "English name", help_text=said("書かなければ、日本語の名前を使います。", "Left blank, the Japanese name is used."))  # fmt: skip
    about = words("何の台帳か", "What it holds", help_text=said("一覧で見て分かるように、一行で。例：セミナーに来た企業と人数", "In one line, for who reads the list."))  # fmt: skip
    kind = forms.ChoiceField(label=said("種類", "Kind"), widget=forms.RadioSelect)
    subject = forms.ChoiceField(label=said("だれについて登録するか", "About whom"), widget=forms.RadioSelect)  # fmt: skip
    groups = forms.BooleanField(
        label=said("名前の分からない集まりを、人数だけでも登録できるようにする", "Unnamed groups can be entered by their number"), required=False,
    )  # fmt: skip
    stages = words(
        "段階", "Stages", rows=5,
        help_text=said("一行に一つ、進む順に書きます。例：申請、交付決定、実績報告、支払。", "One a line, in their order: application, decision, report, payment."),
    )  # fmt: skip
    asks = choice("尋ねる相手の名簿", "Roster of whom it asks")
    purpose = words(
        "利用目的", "Purpose", rows=3,
        help_text=said("登録する人に示す文です。この目的のほかには使えません。", "What persons are told. It is used for nothing else."),
    )  # fmt: skip
    confidential = forms.BooleanField(
        label=said("一件ごとの内容は、担当課の人だけが見られるようにする", "Single entries are seen by the department alone"), required=False,
    )  # fmt: skip
    department = pick("担当課", "Department")
    keep_years = figure(
        "個人情報の保存年数", "Years for which persons are kept",
        help_text=said("空欄なら、台帳のある間は残します。", "Blank: as long as there is the register."),
    )  # fmt: skip
    reason = reason(required=True)

    def __init__(
        self, *args: Any, departments: Choices, rosters: Sequence[tuple[str, str]], stands: RegisterKind | None = None, fixed: bool = False,
        changes: bool = False, **more: Any,
    ) -> None:  # fmt: skip
        """Offer what there is. `changes`: it is a register already, and a reason is needed."""
        super().__init__(*args, **more)
        self.stands, self.fixed = stands, fixed
        offer(self, "kind", [(code, say("{n}：{l}（{e}）", "{n}: {l} ({e})", n=kind_name(code), l=kind_line(code), e=say(*EXAMPLES[code]))) for code in KINDS])  # fmt: skip
        offer(self, "subject", [(code, say(*SUBJECT_WORDS[code])) for code in SUBJECTS])
        offer(self, "department", departments, None if len(departments) == 1 else say("選んでください", "choose"))  # fmt: skip
        offer(self, "asks", rosters, say("選んでください", "choose"))
        gone = [*(("kind", "subject", "asks") if fixed else ()), *(() if changes else ("reason",))]
        for name in gone:
            del self.fields[name]

    def clean_keep_years(self) -> int | None:
        """Return the number of years."""
        return years_kept(self.cleaned_data["keep_years"])

    def table(self) -> dict[str, Any]:
        """Return what is said of the register as its table has it, without its fields."""
        got = self.cleaned_data
        kept = self.stands if self.fixed else None
        kind = kept.kind if kept else got.get("kind", "")
        subject = kept.subject if kept else got.get("subject", "")
        asks = kept.asks if kept else got.get("asks") or None
        ja = got.get("ja", "")
        table: dict[str, Any] = {
            "kind": kind,
            "ja": ja,
            "en": got.get("en") or ja,
            "subject": subject,
        }
        table |= {"about": self._about(got["about"])} if got.get("about") else {}
        table |= {"stages": lines_of(got.get("stages", ""))} if kind == "case" else {}
        table |= {"asks": asks} if kind == "survey" else {}
        table |= {"groups": True} if got.get("groups") else {}
        table |= {"rows": "confidential"} if got.get("confidential") else {}
        return table | ({"purpose": got["purpose"]} if got.get("purpose") else {})

    def _about(self, about: str) -> dict[str, str]:
        """Return the line in both languages; the English one stays with the Japanese that it goes with."""
        stood = dict(self.stands.about) if self.stands else {}
        return stood if stood.get("ja") == about else {"ja": about, "en": about}


class FieldRow(forms.Form):
    """One column. `key`: of one that is there already."""

    key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    ja = forms.CharField(label=said("列の名前", "Column"), required=False, max_length=100)
    type = forms.ChoiceField(label=said("書くもの", "Holds"))
    unit = forms.CharField(label=said("単位", "Unit"), required=False, max_length=20)
    choices = forms.CharField(
        label=said("選択肢（一行に一つ）", "Choices (one a line)"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    required = forms.BooleanField(label=said("必須", "Required"), required=False)
    personal = forms.BooleanField(label=said("個人情報", "Personal"), required=False)
    en = forms.CharField(label=said("英語の名前", "English name"), required=False, max_length=100)

    def __init__(self, *args: Any, used: Collection[str] = (), **more: Any) -> None:
        """Offer the types. `used`: keys of columns in which entries say something."""
        super().__init__(*args, **more)
        offer(self, "type", [(code, say(*TYPES[code])) for code in FIELD_TYPES])
        self.empty_permitted = True
        self.use_required_attribute = False
        self.fields["type"].required = False
        self.used = str(self["key"].value() or "") in used

    def says(self) -> bool:
        """Whether anything was written in the row."""
        got = self.cleaned_data
        return any(
            got.get(name) for name in ("ja", "unit", "choices", "required", "personal", "en")
        )

    def table(self) -> dict[str, Any]:
        """Return the column as a register's table says it."""
        got = self.cleaned_data
        ja, unit = got.get("ja", "").strip(), got.get("unit", "").strip()
        table: dict[str, Any] = {
            "ja": ja,
            "en": got.get("en", "").strip() or ja,
            "type": got.get("type") or "text",
        }
        table |= {"required": True} if got.get("required") else {}
        table |= {"unit": unit} if unit else {}
        choices = lines_of(got.get("choices", ""))
        table |= {"choices": choices} if choices else {}
        return table | ({"personal": True} if got.get("personal") else {})


Rows = forms.formset_factory(FieldRow, extra=0, max_num=MOST_FIELDS, absolute_max=MOST_FIELDS + 10)


def definition_of(
    key: str, form: DefinitionForm, rows: Any, stands: RegisterKind | None = None, base: RegisterKind | None = None,
) -> dict[str, Any] | None:  # fmt: skip
    """Return the definition that a form says, None where something is wrong: then it stands at its field.

    `base`: the kind that a new register is drawn from.
    """
    form.is_valid(), rows.is_valid()
    fields: dict[str, dict[str, Any]] = {}
    by_key: dict[str, FieldRow] = {}
    taken = set(stands.fields) if stands else set()
    for row in rows:
        if row.says():
            own = row.cleaned_data["key"] or field_key(taken | fields.keys())
            by_key[own] = row
            fields[own] = _kept_column(row.table(), own, stands)
    table = form.table() | {"fields": fields}
    table |= kept_rules(table, stands, base)
    _twice(by_key.values())
    try:
        kind_of(key, table)
    except BadRegisterKind as error:
        _tell(error.found, form, by_key)
    clean = form.is_valid() and not any(row.errors for row in rows)
    return table if clean else None


def _kept_column(table: dict[str, Any], key: str, stands: RegisterKind | None) -> dict[str, Any]:
    """Return a column's table, with the typed column that it has already where it is still of the same type."""
    known = stands.fields.get(key) if stands else None
    if (
        known is None
        or known.type != table["type"]
        or known.personal != bool(table.get("personal"))
    ):
        return table
    return table | {"column": known.column}


def _twice(rows: Iterable[FieldRow]) -> None:
    seen: set[str] = set()
    for row in rows:
        name = row.cleaned_data.get("ja", "").strip()
        if name and name in seen:
            row.add_error("ja", _TWICE)
        seen.add(name)


def _tell(found: Iterable[object], form: DefinitionForm, by_key: Mapping[str, FieldRow]) -> None:
    """Put every problem at the field that it is about."""
    for one in found:
        assert isinstance(one, KindProblem)
        part = one.where[-1] if one.where else ""
        row = by_key.get(one.where[1]) if len(one.where) > 1 and one.where[0] == "fields" else None
        target: forms.Form = row if row is not None else form
        name = part if part in target.fields else None
        if name is None or name not in target.errors:
            target.add_error(name, _SAID.get(part, one.ja))


# -- what a form begins with --------------------------------------------------------------------------------------------


def head_of(kind: RegisterKind) -> dict[str, Any]:
    """Return what a definition says, as the form begins."""
    return {
        "ja": kind.ja, "en": "" if kind.en == kind.ja else kind.en, "about": kind.about.get("ja", ""), "kind": kind.kind,
        "subject": kind.subject, "groups": kind.groups, "stages": "\n".join(kind.stages), "asks": kind.asks,
        "purpose": kind.purpose or "", "confidential": kind.rows == "confidential",
    }  # fmt: skip


def rows_of(kind: RegisterKind) -> list[dict[str, Any]]:
    """Return the columns of a definition, as the form begins."""
    return [
        {
            "key": key, **field_table(one), "choices": "\n".join(one.choices), "unit": one.unit or "",
            "en": "" if one.en == one.ja else one.en, "required": one.required, "personal": one.personal,
        }
        for key, one in kind.fields.items()
    ]  # fmt: skip


def typed_rows(rows: Any) -> list[dict[str, Any]]:
    """Return what stands in the rows of a form that was sent, right or wrong."""
    return [{name: row[name].value() or "" for name in row.fields} for row in rows]


def moved(rows: list[dict[str, Any]], what: str) -> list[dict[str, Any]]:
    """Return rows after a button was pressed: `add`, `up-2`, `down-2`, `remove-2` (counted from 0).

    >>> [row["ja"] for row in moved([{"ja": "甲"}, {"ja": "乙"}, {"ja": "丙"}], "up-2")]
    ['甲', '丙', '乙']
    """
    found = list(rows)
    name, _, number = what.partition("-")
    at = int(number) if number.isdecimal() and int(number) < len(found) else -1
    if name == "add" and len(found) < MOST_FIELDS:
        found.append({})
    elif name == "remove" and at >= 0:
        del found[at]
    elif name in ("up", "down") and at >= 0:
        to = min(max(at + (1 if name == "down" else -1), 0), len(found) - 1)
        found.insert(to, found.pop(at))
    return found
