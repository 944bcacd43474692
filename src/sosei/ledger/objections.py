"""受けられないわけ. What inquiries, answers and imports refuse: each says what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from sosei.core.errors import Refused, Stale


class NothingToAsk(Refused):
    """An inquiry that would ask nothing of anybody."""

    code: ClassVar[str] = "E430"
    ja: ClassVar[str] = "選んだ課に照会する項目がありません。照会する内容と課を選び直してください。"
    en: ClassVar[str] = (
        "There is nothing to ask of the departments chosen. Choose other departments or contents."
    )


class DueBeforeSending(Refused):
    """An answer that would be due before it is asked for, or a later day that is none."""

    code = "E431"
    ja = "回答期限を「{due}」にはできません。{after}より後の日にしてください。"
    en = "An answer cannot be due on {due}. Choose a day after {after}."


class InquiryClosed(Refused):
    """Something that a closed inquiry no longer takes."""

    code = "E432"
    ja = "照会「{what}」は{on}に締め切られています。企画課に連絡してください。"
    en = "The inquiry “{what}” was closed on {on}. Ask the planning division."


class NotCollecting(Refused):
    """An inquiry about a volume whose figures nobody may write any more."""

    code = "E433"
    ja = "{year}の報告書はとりまとめが終わっているため、照会を出せません。決裁の差戻しか訂正をしてから照会してください。"
    en = "The report of {year} is past its collection, so nothing can be asked. Return it from decision, or begin a correction."


class OtherPart(Refused):
    """An answer that belongs to another department's part."""

    code = "E435"
    ja = "「{name}」は{department}への照会（{mark}）の回答です。{department}か企画課が取り込んでください。"
    en = "“{name}” answers the inquiry to {department} ({mark}). {department} or planning takes it in."


class Settled(Refused):
    """A batch that was applied, refused or undone already."""

    code = "E436"
    ja = "「{what}」は、すでに「{state}」です。一覧に戻って、いまの状態を確かめてください。"
    en = "“{what}” is “{state_en}” already. Go back to the list and look at its state."


class NothingChosen(Refused):
    """An import with nothing ticked."""

    code = "E437"
    ja = "反映する項目が選ばれていません。反映するものに印を付けてから、もう一度押してください。"
    en = "Nothing is ticked. Tick what is to be taken over, then try again."


class WhichYear(Refused):
    """A report that does not say of which year it is."""

    code = "E438"
    ja = "「{name}」には、どの年度の報告書か書かれていません。年度を選んでから、もう一度取り込んでください。"
    en = "“{name}” does not say of which fiscal year it is. Choose the year, then take it in again."


class NothingThere(Refused):
    """A file that can be read, and holds no project."""

    code = "E434"
    ja = "「{name}」に、事業が一つも見つかりません。報告書や計画の本体のファイルか確かめて、選び直してください。"
    en = "There is no project in “{name}”. Check that it is the report or the plan itself, and choose again."


class NoLevels(Refused):
    """A plan from which no yearly targets follow."""

    code = "E439"
    ja = "「{name}」から年度ごとの目標値を求められませんでした。事業開始前の値と年度ごとの増加分がある表を確かめてください。"
    en = "No yearly targets follow from “{name}”. Look for a table with the starting value and the yearly increases."


class GridRefused(Refused):
    """A grid with cells that cannot be taken as they are; `problems` holds them by the key of their row."""

    code: ClassVar[str] = "E450"
    ja: ClassVar[str] = (
        "確かめるところが{count}か所あるため、まだ保存していません。印のついた欄を直して、もう一度保存してください。"
    )
    en: ClassVar[str] = (
        "Nothing was saved yet: {count} cells need a look. Correct the marked ones, then save again."
    )

    def __init__(self, problems: Mapping[str, Sequence[CellProblem]]) -> None:
        """Keep all problems."""
        super().__init__(count=len(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class CellProblem:
    """欄の問題. Why a cell is not taken. `kind`: error, doubt (may be confirmed), conflict (somebody else was faster)."""

    code: str
    ja: str
    en: str
    kind: Literal["error", "doubt", "conflict"] = "error"

    def sentence(self, lang: str = "ja") -> str:
        """Return the sentence."""
        return self.en if lang == "en" else self.ja


class NoGapInMoney(Refused):
    """集計中 and the like where an amount of money belongs."""

    code: ClassVar[str] = "E451"
    ja: ClassVar[str] = (
        "経費の「{what}」に「{text}」は入れられません。金額が決まるまで空欄のままにし、備考に予定を書いてください。"
    )
    en: ClassVar[str] = (
        "“{text}” cannot stand for the amount of “{what}”. Leave it blank until it is known, and note when."
    )


class LinesDoNotAdd(Refused):
    """A total that is not what its lines add up to."""

    code: ClassVar[str] = "E452"
    ja: ClassVar[str] = (
        "「{what}」の{name}は{total}ですが、内訳を足すと{sum}です（差{gap}）。抜けた行や打ち間違いがないか確かめてください。"
    )
    en: ClassVar[str] = (
        "The {name} of “{what}” is {total}, but its lines add up to {sum} (difference {gap}). Look for a missing or mistyped line."
    )


class NoRowLeft(Refused):
    """A pasted row for which the grid has none."""

    code: ClassVar[str] = "E453"
    ja: ClassVar[str] = (
        "貼り付けた行「{line}」を入れる行がありません。名称と実績の2列、または実績の列だけを貼り付けてください。"
    )
    en: ClassVar[str] = (
        "There is no row for the pasted “{line}”. Paste the names and the actuals, or the column of actuals alone."
    )


class SeveralRows(Refused):
    """A pasted row of a name that several rows of the grid have."""

    code: ClassVar[str] = "E458"
    ja: ClassVar[str] = (
        "貼り付けた行「{line}」が、どの事業の行か分かりません（「{name}」という行が{count}行あります）。事業の名称の列（一つの事業の中に同じ名称があるときは、単位の列も）を一緒にコピーして、もう一度貼り付けてください。"
    )
    en: ClassVar[str] = (
        "The pasted “{line}” could be any of {count} rows named “{name}”. Copy the column of project names with it (and the units, where one project has the name twice), and paste again."
    )


class NotesDiffer(Refused):
    """Two notes typed for one indicator, whose rows share one."""

    code: ClassVar[str] = "E457"
    ja: ClassVar[str] = (
        "備考は、同じ指標の行（実績と実績（累計）など）で共通です。「{name}」の指標に「{first}」と「{second}」の二通りが入力されています。どちらかにそろえて保存してください。"
    )
    en: ClassVar[str] = (
        "The rows of an indicator (of the year, and of the sum over the years) share one note. For “{name}”, “{first}” and “{second}” were typed. Make them the same, then save."
    )


class TooMuchPasted(Refused):
    """A pasted block that no grid has the rows for."""

    code: ClassVar[str] = "E456"
    ja: ClassVar[str] = (
        "貼り付けた表が大きすぎます（{rows}行、{length}字。{most_rows}行、{most}字まで）。この一覧に入れる行だけを選んで、貼り付けてください。"
    )
    en: ClassVar[str] = (
        "The pasted block is too large ({rows} rows, {length} characters; at most {most_rows} and {most}). Select only the rows that belong here, and paste those."
    )


class ChangedMeanwhile(Stale):
    """Changes of which the book's side moved on since they were shown; `ids` names them."""

    code: ClassVar[str] = "E454"
    ja: ClassVar[str] = (
        "表示してから台帳が変わった項目が{count}件あるため、まだ何も反映していません。比べ直した内容を確かめて、もう一度押してください。"
    )
    en: ClassVar[str] = (
        "Nothing was applied: {count} items of the book changed since this was shown. Look at them again, then apply."
    )

    def __init__(self, ids: Sequence[str]) -> None:
        """Keep which ones."""
        super().__init__(count=len(ids))
        self.ids = frozenset(ids)


class StillUnclear(Refused):
    """An import of which somebody has to say first what belongs to what."""

    code: ClassVar[str] = "E455"
    ja: ClassVar[str] = "「{what}」に対応するものを選べません。一覧から選び直してください。"
    en: ClassVar[str] = "“{what}” cannot be matched with that. Choose from the list."


class SlotTaken(Refused):
    """A correction of what was read that would put a figure where another stands."""

    code: ClassVar[str] = "E460"
    ja: ClassVar[str] = (
        "「{what}」のその年度・その欄には、もう「{there}」が入っています。先にそちらの値を直すか、指標から外してください。"
    )
    en: ClassVar[str] = (
        "“{what}” has “{there}” in that year and field already. Correct that one first, or leave it out."
    )


class NothingToMend(Refused):
    """A correction of something that the file, as it was read, does not hold."""

    code: ClassVar[str] = "E461"
    ja: ClassVar[str] = (
        "「{what}」の読み取りに、直すところが見つかりません。画面を読み込み直してから、もう一度選んでください。"
    )
    en: ClassVar[str] = (
        "What was read of “{what}” has nothing there to correct. Load the page again, then choose again."
    )
