"""仕事の流れの表. Inquiries and what is owed, batches of changes, sign-off steps, exemptions, opinions, waivers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from sosei.journal.models import Fact
from sosei.ledger.models.editions import Document
from sosei.ledger.models.fields import code, words, year
from sosei.ledger.models.indicators import Line, Point
from sosei.ledger.models.money import Spending
from sosei.ledger.models.projects import ProjectYear
from sosei.ledger.models.volumes import Volume
from sosei.offices.models import Department, Person


class Inquiry(Fact):
    """照会. One round of asking the departments for a volume's figures and words. `contact`: lines of who answers questions."""

    volume = models.ForeignKey(Volume, models.PROTECT, related_name="inquiries")
    title = models.CharField("件名", max_length=200)
    number = words("文書番号")
    letter = models.TextField("本文", blank=True)
    contact = models.TextField("問合せ先", blank=True, default="")
    sent_on = models.DateField("発出日")
    due_on = models.DateField("回答期限")
    closed_on = models.DateField("締切日", null=True, blank=True)

    class Meta:
        """An answer is not due before it is asked for."""

        verbose_name = "照会"
        verbose_name_plural = verbose_name
        ordering: ClassVar = ["-sent_on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(due_on__gte=F("sent_on")), name="ledger_inquiry_due")
        ]

    def called(self) -> str:
        """The title."""
        return self.title


class InquiryPart(Fact):
    """照会先. What one department was asked. `workbook`: the file it was sent. `mark`: printed in the workbook and hidden in it.

    `sheet`: JSON of the `AnswerSheet` as sent, by which an answer is read. `due_on`: a later day granted to it alone.
    `asked_as`: the department it was sent to, where that one's work has gone to `department` since.
    """

    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="parts")
    department = models.ForeignKey(Department, models.PROTECT, related_name="inquiries")
    asked_as = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="inquiries_before"
    )
    mark = models.CharField("照会番号", max_length=24)
    workbook = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="asked_in"
    )
    sheet = models.TextField("様式の内容", blank=True, default="")
    due_on = models.DateField("延長した期限", null=True, blank=True)
    reminded_on = models.DateField("督促日", null=True, blank=True)
    answered_on = models.DateField("回答日", null=True, blank=True)

    class Meta:
        """A department is asked once in an inquiry; a mark finds one part."""

        verbose_name = "照会先"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["inquiry", "department"],
                name="ledger_inquirypart_once",
                condition=Q(asked_as__isnull=True),
            ),
            models.UniqueConstraint(fields=["body", "mark"], name="ledger_inquirypart_mark"),
        ]


class Owed(Fact):
    """照会項目. What a department owes: a figure of a line for a point in a role, an amount, or words of an entry.

    `key`: its hidden id in the workbook. `field`: of words, "Class.field" of the contract (Verification.obstacle).
    """

    part = models.ForeignKey(InquiryPart, models.PROTECT, related_name="owed")
    entry = models.ForeignKey(ProjectYear, models.PROTECT, related_name="owed")
    line = models.ForeignKey(Line, models.PROTECT, null=True, blank=True, related_name="owed")
    point = models.ForeignKey(Point, models.PROTECT, null=True, blank=True, related_name="owed")
    spending = models.ForeignKey(
        Spending, models.PROTECT, null=True, blank=True, related_name="owed"
    )
    field = code("欄", 40)
    role = models.CharField("役割", max_length=20)
    key = models.CharField("項目番号", max_length=24)

    class Meta:
        """One thing, asked once a part: a figure, an amount or words."""

        verbose_name = "照会項目"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["part", "point", "role"], name="ledger_owed_once"),
            models.UniqueConstraint(fields=["part", "key"], name="ledger_owed_key"),
            models.CheckConstraint(
                condition=Q(
                    role__in=["actual", "cumulative_actual", "target"], line__isnull=False,
                    point__isnull=False, spending__isnull=True, field__isnull=True,
                )
                | Q(
                    role="spending", line__isnull=True, point__isnull=True,
                    spending__isnull=False, field__isnull=True,
                )
                | Q(
                    role="text", line__isnull=True, point__isnull=True,
                    spending__isnull=True, field__isnull=False,
                ),
                name="ledger_owed_thing",
            ),
        ]  # fmt: skip


class Batch(Fact):
    """変更のまとまり. A file's or a grid's proposed changes: shown as a difference, applied as one, undone as one.

    `kind`: answer (of an inquiry), report, plan, grid, new (a report of a year that has no volume yet: `volume` None
    until it is recorded as `fiscal_year` and `series`). `state`: proposed, applied, undone, refused (`reason`).
    `difference`: JSON of what was found (`ledger.queries.batches`). `base`: hash of the report it was computed
    against. `applied_seq`: the journal's line that applied it.
    """

    volume = models.ForeignKey(
        Volume, models.PROTECT, null=True, blank=True, related_name="batches"
    )
    fiscal_year = year("年度")
    series = models.CharField("系列", max_length=40, blank=True, default="")
    part = models.ForeignKey(
        InquiryPart, models.PROTECT, null=True, blank=True, related_name="batches"
    )
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="batches"
    )
    kind = models.CharField("種類", max_length=10)
    state = models.CharField("状態", max_length=10, default="proposed")
    difference = models.JSONField("差分", default=dict)
    base = models.CharField("基にした内容", max_length=64, blank=True)
    reason = words("取りやめの理由")
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="batches")
    applied_seq = models.PositiveBigIntegerField("適用の証跡", null=True, blank=True)
    undone_seq = models.PositiveBigIntegerField("取消の証跡", null=True, blank=True)

    class Meta:
        """What was applied says by which line."""

        verbose_name = "変更のまとまり"
        verbose_name_plural = verbose_name
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "refused"], applied_seq__isnull=True)
                | Q(state__in=["applied", "undone"], applied_seq__isnull=False),
                name="ledger_batch_applied",
            ),
            models.CheckConstraint(
                condition=Q(volume__isnull=False) | Q(kind="new", fiscal_year__isnull=False),
                name="ledger_batch_volume",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["body", "state"], name="ledger_batch_state")]


class Step(Fact):
    """手続の一歩. Who moved a volume or an entry from which stage to which, when, why, and for whom."""

    volume = models.ForeignKey(Volume, models.PROTECT, related_name="steps")
    entry = models.ForeignKey(
        ProjectYear, models.PROTECT, null=True, blank=True, related_name="steps"
    )
    verb = models.CharField("行い", max_length=40)
    came_from = models.CharField("前の段階", max_length=20)
    went_to = models.CharField("後の段階", max_length=20)
    reason = words("理由")
    person = models.ForeignKey(Person, models.PROTECT, related_name="steps")
    instead_of = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="steps_for_me"
    )

    class Meta:
        """In time."""

        verbose_name = "手続の一歩"
        verbose_name_plural = verbose_name
        ordering: ClassVar = ["id"]


class Exemption(Fact):
    """期限付きの解除. A lock that is lifted for an entry until a moment, by whom, why."""

    entry = models.ForeignKey(ProjectYear, models.PROTECT, related_name="exemptions")
    until = models.DateTimeField("期限")
    reason = models.TextField("理由")
    granted_by = models.ForeignKey(Person, models.PROTECT, related_name="exemptions")

    class Meta:
        """Names."""

        verbose_name = "期限付きの解除"
        verbose_name_plural = verbose_name


class OpinionPaper(Fact):
    """意見書. What one expert was asked, by when. `mark`: printed in the paper and hidden in it; `sheet`: its content as JSON.

    `person`: the expert's account, where the expert may type in the browser instead.
    """

    volume = models.ForeignKey(Volume, models.PROTECT, related_name="opinion_papers")
    expert = models.CharField("有識者", max_length=100)
    sector = code("分野", 10)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="opinion_papers"
    )
    mark = models.CharField("意見書番号", max_length=24)
    sheet = models.TextField("様式の内容")
    sent_on = models.DateField("発出日")
    due_on = models.DateField("回答期限")
    answered_on = models.DateField("回答日", null=True, blank=True)

    class Meta:
        """An expert is asked once in a volume; a mark finds one paper; nothing is due before it is asked for."""

        verbose_name = "意見書"
        verbose_name_plural = verbose_name
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["volume", "expert"], name="ledger_opinionpaper_once",
                condition=Q(voided__isnull=True),
            ),
            models.UniqueConstraint(fields=["body", "mark"], name="ledger_opinionpaper_mark"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("sent_on")), name="ledger_opinionpaper_due"
            ),
        ]  # fmt: skip

    def called(self) -> str:
        """Whose paper it is."""
        return f"{self.expert}の意見書"


class OpinionReading(Fact):
    """意見書の読取り. What was understood of a file that came back, before anything of it is taken in.

    `state`: proposed, applied, refused. `said`: JSON of the `Opinions`.
    """

    paper = models.ForeignKey(OpinionPaper, models.PROTECT, related_name="readings")
    document = models.ForeignKey(Document, models.PROTECT, related_name="opinion_readings")
    state = models.CharField("状態", max_length=10, default="proposed")
    said = models.JSONField("読み取った内容")
    person = models.ForeignKey(Person, models.PROTECT, related_name="opinion_readings")

    class Meta:
        """The newest first; known states."""

        verbose_name = "意見書の読取り"
        verbose_name_plural = verbose_name
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "applied", "refused"]),
                name="ledger_opinionreading_state",
            )
        ]


class Opinion(Fact):
    """有識者意見. What an expert says of an entry (None: of the whole), and what the office answers and promises.

    `paper`: the sheet it answers. `department`: who is to do what `response` promises, by `response_due`; the promise
    is open until `done_on`, with what was done in `done_note`.
    """

    volume = models.ForeignKey(Volume, models.PROTECT, related_name="opinions")
    paper = models.ForeignKey(
        OpinionPaper, models.PROTECT, null=True, blank=True, related_name="opinions"
    )
    entry = models.ForeignKey(
        ProjectYear, models.PROTECT, null=True, blank=True, related_name="opinions"
    )
    expert = models.CharField("有識者", max_length=100)
    sector = code("分野", 10)
    judgement = code("評価", 20)
    text = models.TextField("意見", blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="opinions"
    )
    response = words("対応")
    response_due = models.DateField("対応の期限", null=True, blank=True)
    responded_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="responses"
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="promises"
    )
    done_on = models.DateField("対応済みの日", null=True, blank=True)
    done_note = words("対応の結果")

    class Meta:
        """A response has its author; a promise kept says what was done; an opinion says something."""

        verbose_name = "有識者意見"
        verbose_name_plural = verbose_name
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(response__isnull=True, responded_by__isnull=True)
                | Q(response__isnull=False, responded_by__isnull=False),
                name="ledger_opinion_response",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, done_note__isnull=True)
                | Q(done_on__isnull=False, done_note__isnull=False, response__isnull=False),
                name="ledger_opinion_done",
            ),
            models.CheckConstraint(
                condition=Q(response_due__isnull=True) | Q(response__isnull=False),
                name="ledger_opinion_promise",
            ),
            models.CheckConstraint(
                condition=Q(judgement__isnull=False) | ~Q(text=""), name="ledger_opinion_says"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["body", "response_due"], name="ledger_opinion_open",
                condition=Q(voided__isnull=True, done_on__isnull=True),
            )
        ]  # fmt: skip


class Waiver(Fact):
    """指摘の了承. A finding that is accepted as it is, with the reason, for one entry (None: for the volume)."""

    volume = models.ForeignKey(Volume, models.PROTECT, related_name="waivers")
    entry = models.ForeignKey(
        ProjectYear, models.PROTECT, null=True, blank=True, related_name="waivers"
    )
    rule = models.CharField("規則", max_length=30)
    about = models.CharField("対象", max_length=120, blank=True)
    reason = models.TextField("理由")
    person = models.ForeignKey(Person, models.PROTECT, related_name="waivers")

    class Meta:
        """A rule is accepted once for a thing."""

        verbose_name = "指摘の了承"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(
                F("volume"), Coalesce("entry", 0), F("rule"), F("about"),
                name="ledger_waiver_once", condition=Q(voided__isnull=True),
            )
        ]  # fmt: skip
