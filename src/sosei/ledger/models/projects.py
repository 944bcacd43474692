"""事業の表. A project outlives a grant's name; what is said of it in one year's report is a `ProjectYear`."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sosei.journal.models import Fact
from sosei.ledger.models.fields import code, ext, trace, words, year
from sosei.ledger.models.volumes import Volume
from sosei.offices.models import Department


class Project(Fact):
    """事業. What stays the same from the first plan to the last follow-up. `key`: short and stable (P001).

    `rests_since`: the first fiscal year in which nothing is owed for it any more.
    """

    key = models.CharField("事業番号", max_length=20)
    rests_since = year("休止")
    rest_reason = words("休止・再開の理由")

    class Meta:
        """One key, one project."""

        verbose_name = "事業"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "key"], name="ledger_project_key")
        ]


class ProjectYear(Fact):
    """事業の年度別記載. A project in one volume. `stage`: how far the entry is (`ledger.flow`).

    `scheme`: code of the grant scheme that `grant` names, where one is known (core.schemes). `said_year`: the year
    the document gives for this project alone. `period_raw` None: no period is said.
    """

    volume = models.ForeignKey(Volume, models.PROTECT, related_name="entries")
    project = models.ForeignKey(Project, models.PROTECT, related_name="entries")
    position = models.PositiveIntegerField("順")
    kind = models.CharField("種類", max_length=10, default="result")
    stage = models.CharField("段階", max_length=20, default="draft")
    said_id = words("記載の識別子")
    number = words("番号")
    grant = words("交付金名称")
    scheme = code("交付金制度", 40)
    grant_type = words("交付金の種類")
    name = words("事業の名称")
    period_raw = words("実施期間")
    period_first = year("実施期間の初年度")
    period_last = year("実施期間の最終年度")
    said_year = year("記載の年度")
    said_basis = code("年度の根拠")
    departments = models.ManyToManyField(Department, through="Charge", related_name="entries")
    trace = trace()
    ext = ext()

    class Meta:
        """A project stands once in a volume in each kind; a period's years need its words; a year needs its basis."""

        verbose_name = "事業の記載"
        verbose_name_plural = verbose_name
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["volume", "project", "kind"], name="ledger_projectyear_once",
                condition=Q(voided__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["result", "plan", "goal"]), name="ledger_projectyear_kind"
            ),
            models.CheckConstraint(
                condition=Q(period_raw__isnull=False)
                | Q(period_first__isnull=True, period_last__isnull=True),
                name="ledger_projectyear_period",
            ),
            models.CheckConstraint(
                condition=Q(said_year__isnull=True, said_basis__isnull=True)
                | Q(said_year__isnull=False, said_basis__isnull=False),
                name="ledger_projectyear_year",
            ),
        ]  # fmt: skip

    def called(self) -> str:
        """The project's name."""
        return self.name or "名称のない事業"


class Charge(Fact):
    """担当. A department in charge, as the report words it; `department` where the words name one of the office's."""

    entry = models.ForeignKey(ProjectYear, models.PROTECT, related_name="charges")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="charges"
    )
    position = models.PositiveIntegerField("順")
    text = models.TextField("担当課")
    trace = trace()

    class Meta:
        """In the report's order."""

        verbose_name = "担当課"
        verbose_name_plural = verbose_name
        ordering: ClassVar = ["position", "id"]


class Passage(Fact):
    """文章. Words in a list: 基本目標などの区分 (group), 実施内容 (activity), 備考 (remark)."""

    entry = models.ForeignKey(ProjectYear, models.PROTECT, related_name="passages")
    part = models.CharField("欄", max_length=10)
    position = models.PositiveIntegerField("順")
    text = models.TextField("文章")
    trace = trace()

    class Meta:
        """Known parts, in the report's order."""

        verbose_name = "文章"
        verbose_name_plural = verbose_name
        ordering: ClassVar = ["part", "position", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(part__in=["group", "activity", "remark"]), name="ledger_passage_part"
            )
        ]


class Member(Fact):
    """構成団体. A body that takes part in a joint project, in code order; `lead`: 代表団体."""

    entry = models.ForeignKey(ProjectYear, models.PROTECT, related_name="members")
    position = models.PositiveIntegerField("順")
    name = models.TextField("団体名")
    member_code = code("団体コード", 6)
    basis = code("根拠")
    lead = models.BooleanField("代表団体", default=False)
    yen = models.BigIntegerField("負担額（円）", null=True, blank=True)
    trace = trace()

    class Meta:
        """In the report's order."""

        verbose_name = "構成団体"
        verbose_name_plural = verbose_name
        ordering: ClassVar = ["position", "id"]


class Verification(Fact):
    """効果検証. What is said of a project's effect. `scales`: [name, words] of further scales, in order.

    The program proposes (`proposed`: level 1–4 with `proposed_by`: the rule that fired); a person decides (`decided`).
    Another level than the proposed one needs `decided_reason`; both stay.
    """

    entry = models.OneToOneField(ProjectYear, models.PROTECT, related_name="verification")
    verifier = words("検証の主体")
    date = words("検証日")
    grade = words("事業効果")
    expert_judgement = words("外部有識者の評価")
    expert_opinion = words("外部有識者の意見")
    obstacle = words("阻害要因")
    countermeasure = words("対応策")
    next_policy = words("今後の方針")
    next_policy_reason = words("今後の方針の理由")
    scales = models.JSONField("その他の尺度", default=list, blank=True)
    proposed = models.PositiveSmallIntegerField("提案の段階", null=True, blank=True)
    proposed_by = words("提案の規則")
    decided = models.PositiveSmallIntegerField("決定の段階", null=True, blank=True)
    decided_reason = words("決定の理由")
    trace = trace()

    class Meta:
        """Levels 1 to 4; a proposal has its rule; another decision than the proposal has its reason."""

        verbose_name = "効果検証"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(proposed__isnull=True) | Q(proposed__range=(1, 4)))
                & (Q(decided__isnull=True) | Q(decided__range=(1, 4))),
                name="ledger_verification_levels",
            ),
            models.CheckConstraint(
                condition=Q(proposed__isnull=True, proposed_by__isnull=True)
                | Q(proposed__isnull=False, proposed_by__isnull=False),
                name="ledger_verification_rule",
            ),
            models.CheckConstraint(
                condition=Q(decided__isnull=True)
                | Q(proposed__isnull=True)
                | Q(decided=models.F("proposed"))
                | Q(decided_reason__isnull=False),
                name="ledger_verification_reason",
            ),
        ]
