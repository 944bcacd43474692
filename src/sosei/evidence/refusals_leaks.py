"""事案の断り. What is refused where leaks of personal data are recorded, and organisations renamed (E780–E784)."""

from __future__ import annotations

from sosei.evidence.measures.refusals import EvidenceRefusal


class DayOutside(EvidenceRefusal):
    """A report before the leak was known, or in time to come."""

    code = "E780"
    ja = "「{what}」の日の{on}は、発覚した{known}より前か、今日より後です。日を確かめてください。"
    en = "{on} (“{what}”) is before {known}, when the leak became known, or after today. Check the day."


class ReportsOpen(EvidenceRefusal):
    """A leak whose reports are not made."""

    code = "E781"
    ja = "{what}がまだなので、終結にできません。送った日を記録してから、終結にしてください。"
    en = (
        "It cannot be closed: {what_en} still to be done. Record when that was done, then close it."
    )


class LeakClosed(EvidenceRefusal):
    """A leak that is closed."""

    code = "E782"
    ja = "この事案は終結しています。直すときは、理由を書いて終結を取り消してください。"
    en = "This leak is closed. To change it, take the closing back with a reason."


class NumberTaken(EvidenceRefusal):
    """A corporate number that another organisation has."""

    code = "E783"
    ja = "法人番号{number}は「{name}」のものです。同じ団体なら「ほかの相手と一つにする」で一つにしてください。"
    en = "{number} is the corporate number of “{name}”. If both are one, use “Make one with another”."


class NoOrganisation(EvidenceRefusal):
    """A subject without a name of its own, or a name of nothing."""

    code = "E784"
    ja = "名称を直せるのは、企業・団体だけです。名称は空欄にせず書いてください。"
    en = "Only an organisation has a name to correct, and it cannot be blank. Write its name."
