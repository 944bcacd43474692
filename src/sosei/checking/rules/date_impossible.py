"""ない日付. A date that no calendar has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.days import find_days
from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import Scene
from sosei.core.report import Place, Places


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look at every date of the report's fields and of its text."""
    for text, place, path in _fields(scene):
        for day in find_days(text):
            if day.impossible:
                yield _hit(day.text, path, place)
    for words in scene.texts:
        for day in find_days(words.text):
            if day.impossible:
                yield _hit(day.text, words.path, _cut(words.place, words.text, day.start, day.end))


def _fields(scene: Scene) -> Iterator[tuple[str, Places, str]]:
    """Yield the fields that hold dates; words that stand in the document's text as well are seen there."""
    if scene.context.document is not None:
        return
    for spot in scene.indicators:
        for point in spot.points():
            if point.point.due:
                yield point.point.due, spot.place, f"{point.path}/due"
        for seen in spot.values():
            for name in ("as_of", "expected"):
                said = getattr(seen.value, name)
                if said:
                    yield said, seen.value.place or spot.place, f"{seen.path}/{name}"
    for project in scene.projects:
        check = project.project.verification
        if check and check.date:
            yield check.date, project.place, f"{project.path}/verification/date"


def _cut(place: Places, text: str, start: int, end: int) -> Places:
    """Narrow the place of a text to the date where the place counts these very characters."""
    if len(place) != 1 or place[0].start is None or place[0].end is None:
        return place
    whole = place[0]
    if whole.end is None or whole.start is None or whole.end - whole.start != len(text):
        return place
    return (Place(source=whole.source, start=whole.start + start, end=whole.start + end),)


def _hit(said: str, path: str, place: Places) -> Hit:
    return Hit(
        ja=f"「{said}」という日付はありません。元の資料で確かめて正してください。",
        en=f"There is no such date as “{said}”. Check it against its source.",
        path=path,
        place=place,
        raw=said,
    )


RULE: Final = Rule(
    code="DATE-IMPOSSIBLE",
    title_ja="存在しない日付",
    title_en="An impossible date",
    severity=Severity.ERROR,
    source="「3月31日年」「2月30日」などの公表例",
    why_ja="暦にない日付は、年月日のどれかの誤りです。平成35年のように実在しなかった年は、古い計画の表記として認めます。",
    why_en="A date that no calendar has is a slip of day, month or year. Years that never came (平成35年) are accepted as old plans write them.",
    wrong="平成29年3月31日年",
    right="平成29年3月31日",
    look=look,
)
