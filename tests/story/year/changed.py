"""定義と目標の変更. A definition is changed with its reason (once comparable, once not), a target by a changed plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from year.books import PLANNER

if TYPE_CHECKING:
    from year.rehearsal import Year

NEW_COUNT = "催し、体験滞在、オンラインの集いの後の来訪で本市を訪れた人の実人数"
NEW_STAY = "研修を終えて2年後に市内で就農している人の割合"


def definitions(year: Year) -> None:
    """Two definitions change from R4 on."""
    desk = year.at(PLANNER)
    with year.on(2023, 5, 10):
        page = desk.read("definition_edit", year.line("事業を通して本市を訪れた人数").pk)
        desk.send(page, has="why", definition=NEW_COUNT, comparable="on", why="オンラインの集いをきっかけに訪れた人も数えることにした。これまでの値にはいなかった。")  # fmt: skip
        stay = year.line("研修後の定着率").pk
        page = desk.read("definition_edit", stay)
        desk.send(page, has="why", definition=NEW_STAY, why="国の調査と同じく、研修の2年後を見ることにした。")  # fmt: skip
        page = desk.read("baseline_edit", stay)
        desk.send(
            page, has="text", text="60.0", reason="新しい定義で令和元年度の修了者を数え直した。"
        )
        year.kept["page of a project with a new definition"] = desk.read("entry", year.entry("新規就農者").pk).text  # fmt: skip


def target(year: Year) -> None:
    """A target is changed by a changed plan; the first plan stays."""
    with year.on(2023, 5, 15):
        desk, line = year.at(PLANNER), year.line("合宿による延べ宿泊者数").pk
        page = desk.read("target_edit", line)
        desk.send(page, has="text", text="2,700", refused=422)
        page = desk.read("target_edit", line)
        page = desk.send(page, has="text", text="2,700", reason="令和4年9月の変更申請（宿泊施設の改修による休業）のため")  # fmt: skip
        year.kept["page of a changed target"] = page.text
