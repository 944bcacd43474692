"""指標の表. An indicator, the versions of its definition, the years it has, and its values with two times each.

An `Indicator` belongs to its project for life. A `Line` is its place in one year's entry. A `Point` is a year (or a
named column) it has; `Shown` says which points a line shows. A `Value` is one figure of a point (target, actual,
cumulative_actual) or of a definition (baseline, increase_total). A value is never rewritten: a newer one takes its
place (`until`), so 速報 → 確定 is a revision and "as of D" can be answered.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from sosei.journal.models import Fact
from sosei.ledger.models.fields import code, ext, trace, words, year
from sosei.ledger.models.projects import Project, ProjectYear
from sosei.offices.models import Department


class Indicator(Fact):
    """指標. What stays the same while definitions change. `key`: short and stable within the project (K1)."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="indicators")
    key = models.CharField("指標番号", max_length=20)
    rests_since = year("休止")
    rest_reason = words("休止・再開の理由")

    class Meta:
        """One key, one indicator."""

        verbose_name = "指標"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "key"], name="ledger_indicator_key")
        ]


class Definition(Fact):
    """指標の定義. A version of what is measured, from `from_year` on; `why` it was changed (None: the first).

    Besides the contract's attributes: `area` (of the statistic), whether it may be added over bodies or over years,
    and when its statistic is released.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="definitions")
    version = models.PositiveSmallIntegerField("版", default=1)
    from_year = models.PositiveSmallIntegerField("適用年度")
    name = words("指標名")
    unit = words("単位")
    definition = words("定義・算出方法")
    statistic = words("出典統計")
    type = code("種類")
    direction = code("方向")
    expression = code("表し方")
    year_type = code("年の種類")
    count_kind = code("延べ・実")
    baseline_year = year("基準年度")
    area = words("対象地域")
    adds_over_bodies = models.BooleanField("団体で合計できる", null=True, blank=True)
    adds_over_years = models.BooleanField("年度で合計できる", null=True, blank=True)
    released = words("公表時期")
    why = words("変更の理由")
    trace = trace()

    class Meta:
        """A later version says why."""

        verbose_name = "指標の定義"
        verbose_name_plural = verbose_name
        ordering: ClassVar = ["version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["indicator", "version"], name="ledger_definition_version"
            ),
            models.CheckConstraint(
                condition=Q(version=1) | Q(why__isnull=False), name="ledger_definition_why"
            ),
        ]

    def called(self) -> str:
        """The indicator's name."""
        return self.name or "名称のない指標"


class Line(Fact):
    """指標の年度別記載. An indicator in one year's entry, by the definition in force. `owed_by`: who reports it."""

    entry = models.ForeignKey(ProjectYear, models.PROTECT, related_name="lines")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="lines")
    definition = models.ForeignKey(Definition, models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField("順")
    owed_by = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="lines"
    )
    said_id = words("記載の識別子")
    number = words("番号")
    parent = words("親の指標")
    rating = words("評価")
    note = words("注記")
    trace = trace()
    ext = ext()

    class Meta:
        """In the report's order; an indicator stands once in an entry."""

        verbose_name = "指標の記載"
        verbose_name_plural = verbose_name
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry", "indicator"],
                name="ledger_line_once",
                condition=Q(voided__isnull=True),
            )
        ]


class Point(Fact):
    """年度の欄. A year of an indicator, or a column named by words alone (5年目); `ordinal` where there are several."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="points")
    fiscal_year = year("年度")
    label = words("欄の名")
    due = words("目標年月")
    ordinal = models.PositiveSmallIntegerField("枝番", default=0)

    class Meta:
        """One place for one year's figures."""

        verbose_name = "年度の欄"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(
                F("indicator"), Coalesce("fiscal_year", 0), Coalesce("label", models.Value("")),
                Coalesce("due", models.Value("")), F("ordinal"), name="ledger_point_once",
            )
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["indicator", "fiscal_year"], name="ledger_point_year")
        ]


class Shown(Fact):
    """欄の表示. A point that a line shows. `implied`: the report does not print the year, it is the entry's own."""

    line = models.ForeignKey(Line, models.PROTECT, related_name="shown")
    point = models.ForeignKey(Point, models.PROTECT, related_name="shown")
    position = models.PositiveIntegerField("順")
    implied = models.BooleanField("年度の記載なし", default=False)
    rate = words("達成率の記載")
    rating = words("評価の記載")
    trace = trace()

    class Meta:
        """In the report's order."""

        verbose_name = "欄の表示"
        verbose_name_plural = verbose_name
        ordering: ClassVar = ["position", "id"]


class Value(Fact):
    """値. One figure: exactly one of number, gap, text; of a point or of a definition. In force until `until`.

    `plan`: of a target, whether it is the first plan's or a changed plan's. `origin`: how it came in (import, inquiry,
    typed, roll); `document`: from which file. `owed_by`, `expected_on`: for 集計中, who owes it and from when on.
    `reason`: why it replaced the one before. `basis`: of a counted one (origin "counted"), the measure, its version, how
    many entries, and who had not answered.
    """

    point = models.ForeignKey(Point, models.PROTECT, null=True, blank=True, related_name="values")
    of_definition = models.ForeignKey(
        Definition, models.PROTECT, null=True, blank=True, related_name="values"
    )
    role = models.CharField("役割", max_length=20)
    number = models.DecimalField("数", max_digits=30, decimal_places=15, null=True, blank=True)
    gap = code("不在の理由")
    text = words("文字の値")
    op = code("範囲", 2)
    unit = words("単位")
    state = code("確報区分")
    as_of = words("時点")
    expected = words("判明の予定")
    sure = models.BooleanField("確か", null=True, blank=True)
    plan = code("計画", 10)
    origin = models.CharField("入り方", max_length=10, default="typed")
    document = models.ForeignKey(
        "ledger.Document", models.PROTECT, null=True, blank=True, related_name="values"
    )
    owed_by = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="owed_values"
    )
    expected_on = models.DateField("判明予定日", null=True, blank=True)
    reason = words("理由")
    until = models.DateTimeField("交替日時", null=True, blank=True)
    basis = models.JSONField("数えの根拠", default=dict, blank=True)
    trace = trace()
    takes_place_of = ("point_id", "of_definition_id", "role")

    class Meta:
        """One figure, one owner; one value in force; roles fit the owner."""

        verbose_name = "値"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(number__isnull=False, gap__isnull=True, text__isnull=True)
                | Q(number__isnull=True, gap__isnull=False, text__isnull=True)
                | Q(number__isnull=True, gap__isnull=True, text__isnull=False),
                name="ledger_value_one_figure",
            ),
            models.CheckConstraint(
                condition=Q(
                    point__isnull=False, of_definition__isnull=True,
                    role__in=["target", "actual", "cumulative_actual"],
                )
                | Q(
                    point__isnull=True, of_definition__isnull=False,
                    role__in=["baseline", "increase_total"],
                ),
                name="ledger_value_owner",
            ),
            models.CheckConstraint(
                condition=Q(plan__isnull=True) | Q(plan__in=["first", "changed"], role="target"),
                name="ledger_value_plan",
            ),
            models.UniqueConstraint(
                fields=["point", "role"], name="ledger_value_point_now",
                condition=Q(until__isnull=True, voided__isnull=True, point__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["of_definition", "role"], name="ledger_value_definition_now",
                condition=Q(until__isnull=True, voided__isnull=True, of_definition__isnull=False),
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(
                fields=["body", "gap", "expected_on"], name="ledger_value_owed",
                condition=Q(until__isnull=True, voided__isnull=True, gap="counting"),
            )
        ]  # fmt: skip

    def called(self) -> str:
        """What the value is."""
        return {"target": "目標値", "baseline": "基準値", "increase_total": "増加分の累計"}.get(
            self.role, "実績値"
        )
