"""オブジェクト. Pictures, shapes or charts among the cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.opendata import RULES
from sosei.checking.rule import Hit, Need, Rule, Skip
from sosei.checking.scene import Scene

_OBJECTS: Final = ("drawing", "picture", "image", "object", "chart", "shape")
_NONE: Final = frozenset({"csv", "text", "json"})


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look at what of the file could not be taken over."""
    document = scene.context.document
    assert document is not None
    objects = [note for note in document.unread if any(word in note.code for word in _OBJECTS)]
    if objects:
        yield Hit(
            ja=f"図形や画像が{len(objects)}個あります。表のデータはセルに書き、図は別のファイルにしてください。",
            en=f"There are {len(objects)} pictures or shapes. Keep the data in cells and the pictures in another file.",
            place=objects[0].place,
            raw=objects[0].raw,
        )
    elif document.source.format not in _NONE:
        yield Skip(
            ja="この形式の図形や画像は読み取っていないため、有無を見ていません。",
            en="Pictures and shapes of this format are not read: not looked for.",
        )


RULE: Final = Rule(
    code="OD-8",
    title_ja="オブジェクトを使わない",
    title_en="No objects",
    why_ja="図形や画像の中の文字と数は、機械では読めません。",
    why_en="Words and figures inside pictures cannot be read by machine.",
    wrong="グラフの画像を表の上に貼る",
    right="値の表と、別ファイルの図",
    severity=Severity.WARNING,
    source=f"{RULES}1-8",
    needs=frozenset({Need.DOCUMENT}),
    look=look,
)
