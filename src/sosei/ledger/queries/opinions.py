"""有識者意見を見る. Who was asked, what was said, what was answered and promised: 意見と対応 of a year, promises still open."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from sosei.core.opinions import JUDGEMENTS
from sosei.journal.clock import today
from sosei.ledger import models as m
from sosei.ledger.judged import SECTORS, sheet_of
from sosei.offices.models import Person

_JUDGED = {"effective": "KPI達成に有効であった", "not_effective": "KPI達成に有効とは言えない"}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionRow:
    """意見と対応の一行. `entry` None: of the whole. `open`: the promise is not kept yet; `late`: and its day is past."""

    id: int
    stamp: int
    entry: int | None
    project: str | None
    expert: str
    sector: str | None
    judgement: str | None
    text: str
    response: str | None
    response_due: date | None
    responded_by: str | None
    department: int | None
    department_name: str | None
    done_on: date | None
    done_note: str | None
    fiscal_year: int
    volume: int
    on: date

    @property
    def judged(self) -> str | None:
        """The judgement in words."""
        return next((words for code, words in JUDGEMENTS.items() if code == self.judgement), None)

    @property
    def judged_short(self) -> str | None:
        """The judgement in a few words, for a column."""
        return _JUDGED.get(self.judgement or "")

    @property
    def sector_name(self) -> str | None:
        """The sector in words."""
        return SECTORS[self.sector][0] if self.sector in SECTORS else self.sector

    @property
    def open(self) -> bool:
        """Whether something is promised and not done yet."""
        return self.response_due is not None and self.done_on is None

    @property
    def late(self) -> bool:
        """Whether a promise is open past its day."""
        return self.open and self.response_due is not None and self.response_due < self.on

    @property
    def state(self) -> str:
        """Waiting (no answer yet), open, late, done (kept), answered (nothing promised)."""
        if self.response is None:
            return "waiting"
        if self.done_on is not None:
            return "done"
        return "late" if self.late else "open" if self.open else "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """意見書の一行. Who was asked, by when, whether he answered; `asked`: how many projects, `said`: of how many he spoke."""

    id: int
    volume: int
    fiscal_year: int
    expert: str
    sector: str | None
    person: int | None
    mark: str
    sent_on: date
    due_on: date
    answered_on: date | None
    asked: int
    said: int
    late: bool

    @property
    def sector_name(self) -> str | None:
        """The sector in words."""
        return SECTORS[self.sector][0] if self.sector in SECTORS else self.sector


def opinions_of(volume: int) -> tuple[OpinionRow, ...]:
    """Return the opinions of a volume with their responses: the whole first, then by entry. One query."""
    rows = _opinions().filter(volume=volume)
    found = [_row(one) for one in rows.order_by("entry__position", "entry_id", "pk")]
    return tuple(sorted(found, key=lambda row: row.entry is not None))


def opinions_on(entries: Collection[int]) -> dict[int, tuple[OpinionRow, ...]]:
    """Return the opinions on entries, by entry. One query."""
    found: dict[int, list[OpinionRow]] = {entry: [] for entry in entries}
    for one in _opinions().filter(entry__in=list(entries)).order_by("pk"):
        found[one.entry_id].append(_row(one))  # type: ignore[index]
    return {entry: tuple(rows) for entry, rows in found.items()}


def promises(
    body: str, departments: Collection[int] | None = None, *, till: date | None = None
) -> tuple[OpinionRow, ...]:
    """Return the promises of a body that are still open (of some departments alone where they are named), the oldest first.

    A department's are those it is told to keep, or, where nobody is told, those on entries it is in charge of.
    `till`: those due by that day. One query.
    """
    rows = _opinions().filter(body=body, response_due__isnull=False, done_on__isnull=True)
    if departments is not None:
        told = Q(department__in=list(departments))
        own = Q(
            department__isnull=True,
            entry__charges__department__in=list(departments),
            entry__charges__voided__isnull=True,
        )
        rows = rows.filter(told | own).distinct()
    if till is not None:
        rows = rows.filter(response_due__lte=till)
    return tuple(_row(one) for one in rows.order_by("response_due", "pk"))


def unanswered(body: str, departments: Collection[int] | None = None) -> tuple[OpinionRow, ...]:
    """Return the opinions that nobody has answered yet; a department's are those on its entries. One query."""
    rows = _opinions().filter(body=body, response__isnull=True)
    if departments is not None:
        rows = rows.filter(
            entry__charges__department__in=list(departments), entry__charges__voided__isnull=True
        ).distinct()
    return tuple(_row(one) for one in rows.order_by("pk"))


def _opinions() -> QuerySet[m.Opinion]:
    return m.Opinion.objects.filter(voided__isnull=True).select_related(
        "entry", "responded_by", "department", "volume"
    )


def _row(one: m.Opinion) -> OpinionRow:
    return OpinionRow(
        id=one.pk, stamp=one.stamp, entry=one.entry_id,
        project=one.entry.called() if one.entry else None,
        expert=one.expert, sector=one.sector, judgement=one.judgement, text=one.text,
        response=one.response, response_due=one.response_due,
        responded_by=one.responded_by.name if one.responded_by else None,
        department=one.department_id, department_name=one.department.name if one.department else None,
        done_on=one.done_on, done_note=one.done_note, fiscal_year=one.volume.fiscal_year,
        volume=one.volume_id, on=today(),
    )  # fmt: skip


def opinion_row(body: str, opinion: int) -> OpinionRow | None:
    """Return one opinion, or None."""
    found = _opinions().filter(body=body, pk=opinion).first()
    return _row(found) if found else None


def papers_of(volume: int) -> tuple[PaperRow, ...]:
    """Return who was asked about a volume. Two queries."""
    return _papers(m.OpinionPaper.objects.filter(volume=volume))


def own_papers(person: Person) -> tuple[PaperRow, ...]:
    """Return the papers of an expert who may type in the browser, the newest first. Two queries."""
    return tuple(reversed(_papers(m.OpinionPaper.objects.filter(person=person))))


def paper_row(body: str, paper: int) -> PaperRow | None:
    """Return one paper, or None."""
    return next(iter(_papers(m.OpinionPaper.objects.filter(body=body, pk=paper))), None)


def _papers(rows: QuerySet[m.OpinionPaper]) -> tuple[PaperRow, ...]:
    papers = list(rows.filter(voided__isnull=True).select_related("volume").order_by("pk"))
    said: dict[int, int] = {}
    spoken = m.Opinion.objects.filter(paper__in=papers, voided__isnull=True, entry__isnull=False)
    for paper in spoken.values_list("paper", flat=True):
        said[paper or 0] = said.get(paper or 0, 0) + 1
    return tuple(
        PaperRow(
            id=one.pk, volume=one.volume_id, fiscal_year=one.volume.fiscal_year, expert=one.expert,
            sector=one.sector, person=one.person_id, mark=one.mark, sent_on=one.sent_on,
            due_on=one.due_on, answered_on=one.answered_on, asked=len(sheet_of(one.sheet).projects),
            said=said.get(one.pk, 0), late=one.answered_on is None and one.due_on < today(),
        )
        for one in papers
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """意見のまとめ. What the report is proposed to print of the experts on one entry; a person decides."""

    judgement: str | None
    opinion: str | None


def summary(rows: Iterable[OpinionRow]) -> Summary:
    """Return the proposal: the judgement that most experts gave (None where they are split even), and their words."""
    said = list(rows)
    good = sum(row.judgement == "effective" for row in said)
    bad = sum(row.judgement == "not_effective" for row in said)
    judgement = None
    if good != bad:
        judgement = JUDGEMENTS["effective" if good > bad else "not_effective"]
    words = [f"・{row.text}" for row in said if row.text]
    return Summary(judgement=judgement, opinion="\n".join(words) or None)
