"""読み比べ. The files of the layouts, what they say as plain text, and how the reader scores on them."""

from __future__ import annotations

import importlib
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from layouts.goldwords import comma
from layouts.scoring import Tally, score_case
from sosei.core.codec import dumps
from sosei.core.errors import SoseiError
from sosei.reading import open_document, read

HERE = Path(__file__).parent
ROLES = ("baseline", "target", "actual")


def files() -> list[Path]:
    """Every layout's every file."""
    return sorted(HERE.glob("*/input.*"))


def report_of(path: Path) -> dict:
    """The report as JSON of the contract; an empty one where the file is refused."""
    try:
        return json.loads(dumps(read(path.read_bytes(), path.name)))
    except SoseiError:
        return {"projects": []}


def scored(path: Path, *, loose: bool = False, said: str | None = None) -> Tally:
    """A file's score against the gold beside it; notes say which layout they are of. `said`: what the file says.

    Invented towns are in no list of bodies: whether the town was recognised is not asked, unless `said` is given.
    """
    gold = json.loads(path.with_name("gold.json").read_text("utf-8"))
    if said is None:
        said = words_of(path).replace(gold["municipality"], "")
    tally = score_case(gold, report_of(path), said, loose)
    tally.notes = [f"{note} [{path.parent.name}{path.suffix}]" for note in tally.notes]
    return tally


def total(tallies: Iterable[Tally]) -> Tally:
    """All scores as one."""
    out = Tally()
    for tally in tallies:
        out.add(tally)
        out.notes += tally.notes
    return out


def words_of(path: Path) -> str:
    """Everything a file says, in whatever order."""
    data = path.read_bytes()
    if path.suffix == ".pdf":
        document = importlib.import_module("pypdfium2").PdfDocument(data)
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    return "\n".join(words.text for words in open_document(data, path.name).words())


def raw_text(path: Path) -> str:
    """Everything a file holds, as the contract's scorer takes it; a PDF holds what the file it was made of does."""
    if path.suffix == ".pdf":
        twin = next((f for f in path.parent.glob("input.*") if f.suffix != ".pdf"), None)
        return raw_text(twin) if twin else ""
    if path.suffix not in {".xlsx", ".docx"}:
        return path.read_text("utf-8", "replace")
    with zipfile.ZipFile(path) as package:
        parts = [name for name in package.namelist() if name.endswith(".xml")]
        text = "".join(package.read(name).decode("utf-8", "replace") for name in parts)
    return re.sub(r"<[^>]+>", "", text)


def fold(text: str) -> str:
    """Without width, spaces, commas and the difference of dashes and minus signs."""
    text = re.sub(r"[\s,，]+", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"[△▲~〜ー−–—‐―─-]", "-", text)


def stated(gold: dict) -> Iterator[str]:
    """What a gold says that must stand in its file: names, offices, amounts, figures, words."""
    for project in gold["projects"]:
        yield from filter(None, (project["name"], *project["departments"]))
        yield from (comma(cost["amount"]) for cost in project["expenditures"])
        yield from (project[key] for key in ("evaluation", "next_policy") if key in project)
        for row in project["kpis"]:
            yield from filter(None, (row["name"], row["unit"], row.get("actual_raw")))
            for point in (row, *row.get("series", [])):
                yield from (
                    point.get(f"{role}_raw") or _figure(point[role])
                    for role in ROLES
                    if role in point
                )


def _figure(value: float | str) -> str:
    plain = int(value) if isinstance(value, float) and value == int(value) else value
    return comma(plain)
