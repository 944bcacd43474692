"""補助の断り. Amounts of a subsidy that its rules make impossible; each names the arithmetic (E791–E794, E797)."""

from __future__ import annotations

from sosei.evidence.sheets.refusals import SheetProblem


class AboveMost(SheetProblem):
    """More than the cost, the rate and the cap allow."""

    code = "E791"
    ja = "{at}「{column}」の{amount}は、上限の{most}を超えています（{how}）。額か経費を直してください{way}。"
    en = "{at}, “{column_en}”: {amount_en} exceeds the most of {most_en} ({how_en}). Correct the amount or the cost{way_en}."


class AboveGranted(AboveMost):
    """More than was decided before."""

    code = "E792"
    ja = "{at}「{column}」の{amount}は、{most}（{how}）を超えられません。どちらかの額を直してください。"
    en = "{at}, “{column_en}”: {amount_en} cannot exceed {most_en} ({how_en}). Correct one of the two amounts."


class AboveCost(AboveMost):
    """More than it cost."""

    code = "E793"
    ja = "{at}「{column}」の{amount}は、かかった{most}（{how}）を超えられません。どちらかの額を直してください。"
    en = "{at}, “{column_en}”: {amount_en} cannot exceed the {most_en} it cost ({how_en}). Correct one of the two."


class BelowMost(AboveMost):
    """Less than is to be fixed, and no reason why."""

    code = "E794"
    ja = "{at}「{column}」の{amount}は、計算の{most}より低くなっています（{how}）。額を直すか、「{reason}」を書いてください。"
    en = "{at}, “{column_en}”: {amount_en} is below {most_en} ({how_en}). Correct it, or fill in “{reason_en}”."


class NotItsTerms(SheetProblem):
    """A rate, cap or rounding that is not that of the terms in force."""

    code = "E797"
    ja = "{at}「{column}」の「{said}」は、要綱の定め「{wanted}」（{terms}）と違います。直すか、空にしてください。"
    en = "{at}, “{column_en}”: “{said}” is not “{wanted}” of the terms ({terms}). Correct it or leave it blank."
