"""版のファイル. All forms of an edition as bytes, made before anything is written: what they print of it, and the manifest.

No database and no clock: who publishes gives the facts.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sosei.core.errors import Unpublishable
from sosei.core.fiscal import FiscalYear
from sosei.core.formats import format_shown
from sosei.core.report import Report
from sosei.evidence.passport.bundle import passport_sha256
from sosei.publishing import FORMS, Imprint, form_of, publish
from sosei.publishing.errata import Errata, ErratumRow, errata_page, long_day
from sosei.publishing.forms.html import fragment
from sosei.publishing.paper import PaperForm, write_paper

#: Forms of an edition: those of `publishing`, the body of the page for a city's own site, the 正誤表, the manifest.
FRAGMENT: Final = "fragment"
PASSPORT: Final = "passport"
ERRATA: Final[tuple[PaperForm, ...]] = ("html", "pdf", "docx")
MANIFEST: Final = "manifest"
SCHEMA: Final = "sosei.edition/1"
#: The forms in the order in which people look for them.
_READ: Final = (
    "pdf", "docx", "html", "errata", "xlsx", "opendata", "csv", "text", FRAGMENT, "json", PASSPORT, MANIFEST,
)  # fmt: skip
_ZIP_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_MEDIA: Final = {
    FRAGMENT: "text/html; charset=utf-8",
    PASSPORT: "application/zip",
    MANIFEST: "application/json",
    "csv": "application/zip",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """版の事項. Which edition of whose report of which year; `seq`, `head`: the journal's last line before it.

    `before_on`, `reason`, `errata`: of a correction, when the edition before was published, why, what it corrects.
    `passport`: the bundle from which its counted figures can be counted again; `unbundled`: those that are not in it.
    """

    body: str
    office: str
    fiscal_year: int
    series: str
    title: str
    number: int
    published_on: date
    sha256: str
    seq: int
    head: str
    before_on: date | None = None
    reason: str | None = None
    errata: tuple[ErratumRow, ...] = ()
    passport: bytes | None = None
    unbundled: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        """What the files' names begin with: 990001_2021_v1."""
        series = f"_{self.series}" if self.series else ""
        return f"{self.body}_{self.fiscal_year}{series}_v{self.number}"


@dataclass(frozen=True, slots=True)
class File:
    """A file of the edition."""

    form: str
    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """The hash of its bytes."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Made:
    """できたもの. The files, the manifest last; `left_out`: forms that cannot carry this report, with why."""

    files: tuple[File, ...]
    left_out: Mapping[str, Unpublishable]


def make(report: Report, facts: Facts) -> Made:
    """Return every file of an edition. Raises Unpublishable where not even JSON can carry the report."""
    imprint = imprint_of(facts)
    files: list[File] = []
    left_out: dict[str, Unpublishable] = {}
    for form in FORMS:
        try:
            files.append(_file(report, form, facts, imprint))
        except Unpublishable as why:
            if form == "json":
                raise
            left_out[form] = why
    body = fragment(report, imprint=imprint)
    files.append(File(FRAGMENT, f"{facts.stem}_fragment.html", body))
    files += _errata(facts)
    if facts.passport is not None:
        files.append(File(PASSPORT, f"{facts.stem}_passport.zip", facts.passport))
    files.append(_manifest(facts, files, left_out))
    return Made(tuple(files), left_out)


def imprint_of(facts: Facts) -> Imprint:
    """Return what the files print of the edition."""
    day = long_day(facts.published_on)
    first = f"第{facts.number}版（{day}公表）"
    if facts.before_on is not None:
        before = f"第{facts.number - 1}版（{long_day(facts.before_on)}公表）"
        first += f"。{before}の誤りを正誤表のとおり訂正しました"
    return Imprint(
        mark=f"第{facts.number}版　{day}",
        lines=(
            f"{first}。",
            f"報告書のSHA-256：{facts.sha256}",
            f"証跡：第{facts.seq}行 {facts.head}",
            *_passport_line(facts),
        ),
    )


def _passport_line(facts: Facts) -> Iterator[str]:
    """What proves the bundle: who recounts it gives this to the verifier."""
    if facts.passport is not None:
        yield f"検算の束（passport.zip）の番号：{passport_sha256(facts.passport)}"


def _file(report: Report, form: str, facts: Facts, imprint: Imprint) -> File:
    made = publish(report, form, imprint=imprint)
    known = form_of(form)
    if isinstance(made, dict):
        return File(form, f"{facts.stem}_{form}.zip", packed(made))
    name = f"{facts.stem}_opendata" if form == "opendata" else facts.stem
    return File(form, f"{name}{known.SUFFIX}", made)


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return files as one ZIP: in the order of their names, without times, the same bytes for the same files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            pack.writestr(entry, files[name])
    return out.getvalue()


def _errata(facts: Facts) -> Iterator[File]:
    """The 正誤表 of a correction."""
    if facts.before_on is None:
        return
    page = errata_page(
        Errata(
            title=facts.title,
            body=facts.office,
            year=FiscalYear(facts.fiscal_year).both,
            number=facts.number,
            published_on=facts.published_on,
            before_on=facts.before_on,
            reason=facts.reason or "",
            rows=facts.errata,
        )
    )
    for form in ERRATA:
        data = write_paper(page, form, day=facts.published_on)
        yield File(f"errata.{form}", f"{facts.stem}_errata.{form}", data)


def _manifest(facts: Facts, files: list[File], left_out: Mapping[str, Unpublishable]) -> File:
    """What the edition is, for machines: `sosei verify --against` reads it."""
    said: dict[str, Any] = {
        "schema": SCHEMA,
        "body": facts.body,
        "office": facts.office,
        "fiscal_year": facts.fiscal_year,
        "series": facts.series,
        "title": facts.title,
        "number": facts.number,
        "published_on": facts.published_on.isoformat(),
        "sha256": facts.sha256,
        "seq": facts.seq,
        "head": facts.head,
        "reason": facts.reason,
        "errata": [
            {"subject": row.subject, "wrong": row.wrong, "right": row.right} for row in facts.errata
        ],
        "files": [
            {"name": f.name, "form": f.form, "sha256": f.sha256, "size": len(f.data)} for f in files
        ],
        "unbundled": list(facts.unbundled),
        "left_out": {form: why.sentence() for form, why in left_out.items()},
    }
    text = json.dumps(said, ensure_ascii=False, indent=2) + "\n"
    return File(MANIFEST, f"{facts.stem}_manifest.json", text.encode("utf-8"))


def media_type(form: str) -> str:
    """Return the media type of a form of an edition."""
    if form in _MEDIA:
        return _MEDIA[form]
    return str(form_of(form.removeprefix("errata.")).MEDIA_TYPE)


def form_names() -> tuple[str, ...]:
    """Return the codes of all forms that a file of an edition may have."""
    return (*FORMS, FRAGMENT, PASSPORT, MANIFEST, *(f"errata.{kind}" for kind in ERRATA))


def for_readers(form: str) -> int:
    """Return where a form stands in a list for people: what is read first, what machines read last."""
    kind = form.partition(".")[0]
    return _READ.index(kind) if kind in _READ else len(_READ)


def form_name(form: str, lang: str = "ja") -> str:
    """Return what a form of an edition is called."""
    own = {
        FRAGMENT: ("ウェブサイトに組み込む本文（HTML）", "body for the city's own site (HTML)"),
        PASSPORT: (
            "検算の束（数え直すための資料、ZIP）",
            "passport: what its counts can be recounted from (ZIP)",
        ),
        MANIFEST: ("この版の記録（JSON）", "manifest of the edition (JSON)"),
    } | {
        f"errata.{kind}": (
            f"正誤表（{format_shown(kind)}）",
            f"errata ({format_shown(kind, 'en')})",
        )
        for kind in ERRATA
    }
    found = own.get(form) or FORMS[form][1:]
    return found[1] if lang == "en" else found[0]
