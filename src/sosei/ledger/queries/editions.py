"""公表版を見る. The editions of a body's reports, their files and errata, two of them compared, and which was in force on a day."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sosei.core.fields import Lang
from sosei.ledger import models as m
from sosei.ledger.corrections import Correction, corrections_between
from sosei.ledger.frozen import form_name, media_type
from sosei.ledger.refusals import NoSuchThing


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """版のファイル. A file of an edition, without its bytes."""

    id: int
    form: str
    name: str
    sha256: str
    size: int

    @property
    def ja(self) -> str:
        """What the form is called."""
        return form_name(self.form)

    @property
    def en(self) -> str:
        """The same in English."""
        return form_name(self.form, "en")

    @property
    def kilobytes(self) -> int:
        """The size, rounded up."""
        return -(-self.size // 1024)


@dataclass(frozen=True, slots=True, kw_only=True)
class ErratumRow:
    """正誤の一行. With the entry it stands in, None for the whole. `english`: the same three in English, where asked for."""

    entry: int | None
    subject: str
    wrong: str
    right: str
    english: tuple[str, str, str] | None = None

    def said(self, lang: Lang = "ja") -> tuple[str, str, str]:
        """Return where, wrong and right in a language; as published where there is no English."""
        if lang == "en" and self.english is not None:
            return self.english
        return self.subject, self.wrong, self.right


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRow:
    """公表版. `newest`: it is the one in force. `superseded_on`: when the next one was published."""

    id: int
    volume: int
    fiscal_year: int
    series: str
    number: int
    published_on: date
    reason: str | None
    sha256: str
    seq: int
    head: str
    newest: bool
    superseded_on: date | None
    files: tuple[FileRow, ...] = ()
    errata: tuple[ErratumRow, ...] = ()


def editions_of(body: str, *, volume: int | None = None) -> tuple[EditionRow, ...]:
    """Return a body's editions (of one volume alone where it is named), the newest year first; 3 queries."""
    chosen = m.Edition.objects.filter(body=body, voided__isnull=True).defer("report")
    if volume is not None:
        chosen = chosen.filter(volume=volume)
    rows = list(
        chosen.select_related("volume").order_by(
            "-volume__fiscal_year", "volume__series", "volume_id", "-number"
        )
    )
    return _rows(rows)


def _rows(rows: list[m.Edition]) -> tuple[EditionRow, ...]:
    files, errata = _files(rows), _errata(rows)
    later: dict[int, m.Edition] = {}
    found = []
    for row in rows:  # of a volume the newest comes first
        following = later.get(row.volume_id)
        found.append(
            EditionRow(
                id=row.pk, volume=row.volume_id, fiscal_year=row.volume.fiscal_year,
                series=row.volume.series, number=row.number, published_on=row.published_on,
                reason=row.reason, sha256=row.sha256, seq=row.seq, head=row.head,
                newest=following is None,
                superseded_on=following.published_on if following else None,
                files=files[row.pk], errata=errata[row.pk],
            )
        )  # fmt: skip
        later[row.volume_id] = row
    return tuple(found)


def _files(rows: Iterable[m.Edition]) -> dict[int, tuple[FileRow, ...]]:
    found: dict[int, list[FileRow]] = defaultdict(list)
    for one in m.EditionFile.objects.filter(edition__in=list(rows), voided__isnull=True).order_by("pk"):  # fmt: skip
        found[one.edition_id].append(
            FileRow(id=one.pk, form=one.form, name=one.name, sha256=one.sha256, size=one.size)
        )
    return defaultdict(tuple, {edition: tuple(files) for edition, files in found.items()})


def _errata(rows: Iterable[m.Edition]) -> dict[int, tuple[ErratumRow, ...]]:
    found: dict[int, list[ErratumRow]] = defaultdict(list)
    lines = m.Erratum.objects.filter(edition__in=list(rows), voided__isnull=True)
    for one in lines.order_by("edition", "position"):
        found[one.edition_id].append(
            ErratumRow(
                entry=one.entry_id, subject=one.subject, wrong=one.wrong, right=one.right
            )
        )  # fmt: skip
    return defaultdict(tuple, {edition: tuple(lines) for edition, lines in found.items()})


def edition_row(body: str, edition: int) -> EditionRow:
    """Return one edition with its files and errata. Raises NoSuchThing."""
    row = _edition(body, edition)
    return next(one for one in editions_of(body, volume=row.volume_id) if one.id == edition)


def in_english(body: str, row: EditionRow) -> EditionRow:
    """Return an edition with its errata in English too: the two reports say again what was corrected. 3 queries.

    What was published stays as it is; a line that is no longer found so has no English.
    """
    if not row.errata:
        return row
    now = _edition(body, row.id)
    before = m.Edition.objects.filter(volume=now.volume_id, number=now.number - 1, voided__isnull=True).first()  # fmt: skip
    found = corrections_between(before.report, now.report) if before else ()
    known = {one.said(): one.english for one in found}
    errata = tuple(replace(one, english=known.get(one.said())) for one in row.errata)
    return replace(row, errata=errata)


def _edition(body: str, edition: int) -> m.Edition:
    row = m.Edition.objects.filter(body=body, pk=edition, voided__isnull=True).first()
    if row is None:
        raise NoSuchThing(what="公表版")
    return row


def unbundled(body: str, row: EditionRow) -> tuple[str, ...]:
    """Return what of an edition is counted but not in its passport, as its manifest names it; 2 queries. Raises NoSuchThing."""
    manifest = next((one.id for one in row.files if one.form == "manifest"), None)
    if manifest is None:
        return ()
    return tuple(json.loads(file_of(body, manifest).data).get("unbundled", ()))


@dataclass(frozen=True, slots=True)
class Bytes:
    """A file's bytes, and what they are."""

    name: str
    media_type: str
    data: bytes


def file_of(body: str, file: int) -> Bytes:
    """Return the bytes of a file of an edition; 2 queries. Raises NoSuchThing."""
    row = m.EditionFile.objects.filter(body=body, pk=file, voided__isnull=True).first()
    blob = m.Blob.objects.filter(sha256=row.sha256).first() if row else None
    if row is None or blob is None:
        raise NoSuchThing(what="版のファイル")
    return Bytes(row.name, media_type(row.form), bytes(blob.data))


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """版の比較. What the later edition says otherwise than the earlier."""

    earlier: EditionRow
    later: EditionRow
    lines: tuple[Correction, ...]


def compared(body: str, one: int, other: int) -> Comparison:
    """Return two editions of one volume compared, the earlier first. Raises NoSuchThing."""
    rows = m.Edition.objects.filter(body=body, pk__in=[one, other], voided__isnull=True)
    found = list(rows.order_by("number"))
    if len(found) != 2 or found[0].volume_id != found[1].volume_id:
        raise NoSuchThing(what="比べる2つの公表版")
    shown = {row.id: row for row in editions_of(body, volume=found[0].volume_id)}
    lines = corrections_between(found[0].report, found[1].report)
    return Comparison(earlier=shown[found[0].pk], later=shown[found[1].pk], lines=lines)


def in_force_on(body: str, day: date) -> tuple[EditionRow, ...]:
    """Return the editions that were in force at the end of a day: one of each report published by then; 3 queries."""
    found: dict[int, EditionRow] = {}
    for row in editions_of(body):
        if row.published_on <= day:
            found.setdefault(row.volume, row)
    return tuple(found.values())
