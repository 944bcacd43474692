"""欄ごとの差分の検査. Each field of a report, changed alone: it is one change, of its part, under its name."""

from dataclasses import replace
from decimal import Decimal

import pytest

from sosei.core.report import (
    Body,
    Indicator,
    PeriodSaid,
    Project,
    Report,
    Said,
    Spending,
    Value,
    Verification,
    Year,
    YearPoint,
)
from sosei.ledger.difference import difference, merge


def n(number):
    return Value(number=Decimal(number))


POINT = YearPoint(
    fiscal_year=2021, label="1年目", due="2022-03", target=n(30), actual=n(33), cumulative_actual=n(60),
    rate=Said(text="110%"), rating=Said(text="A"),
)  # fmt: skip
INDICATOR = Indicator(
    name=Said(text="参加企業数"), years=(POINT,), number="1", parent=Said(text="企業"), unit="社",
    definition=Said(text="年度末の会員"), statistic=Said(text="会員名簿"), type="outcome", direction="up",
    expression="level", year_type="fiscal", count_kind="unique", baseline=n(20), baseline_year=2018,
    increase_total=n(10), rating=Said(text="B"), note=Said(text="注"), ext={"メモ": 1},
)  # fmt: skip
SPENDING = Spending(
    label=Said(text="委託料"), yen=5000, number="①", kind="commission", role="line", fiscal_year=2021,
    fund=Said(text="国費"), shared_by=6, unit="千円", note=Said(text="6市"),
)  # fmt: skip
VERIFICATION = Verification(
    body=Said(text="有識者会議"), date="2022-08-01", grade=Said(text="②"), expert_judgement=Said(text="有効"),
    expert_opinion=Said(text="特になし"), obstacle=Said(text="天候"), countermeasure=Said(text="屋内で"),
    next_policy=Said(text="継続"), next_policy_reason=Said(text="好評"), scales={"総合": Said(text="A")},
)  # fmt: skip
PROJECT = Project(
    name=Said(text="マルチモノ事業"), number="2", kind="result", grant=Said(text="推進交付金"),
    grant_type=Said(text="横展開"), period=PeriodSaid(raw="R3～R5", first=2021, last=2023),
    fiscal_year=Year(year=2021), group=(Said(text="しごと"),), departments=(Said(text="ものづくり推進課"),),
    bodies=(Body(name="見本市", code="999990"),), activities=(Said(text="勉強会を開いた。"),),
    indicators=(INDICATOR,), spending=(SPENDING,), verification=VERIFICATION,
    remarks=(Said(text="なし。"),), ext={"内線": 12},
)  # fmt: skip
REPORT = Report(
    projects=(PROJECT,), title=Said(text="効果検証報告"), chapter=Said(text="第2章"),
    bodies=(Body(name="見本市", code="999990"),), fiscal_year=Year(year=2021), ext={"版": "案"},
)  # fmt: skip


def in_project(**changes):
    return replace(REPORT, projects=(replace(PROJECT, **changes),))


def in_indicator(**changes):
    return in_project(indicators=(replace(INDICATOR, **changes),))


def in_point(**changes):
    return in_indicator(years=(replace(POINT, **changes),))


def in_spending(**changes):
    return in_project(spending=(replace(SPENDING, **changes),))


def in_verification(**changes):
    return in_project(verification=replace(VERIFICATION, **changes))


S, P, K = Said(text="別のこと"), "マルチモノ事業", "マルチモノ事業 ＞ 参加企業数"
LINE, CHECK = "マルチモノ事業 ＞ 委託料", "マルチモノ事業 ＞ 効果検証"
WHEN = f"{K} ＞ 令和3年度 1年目"
CASES = [
    (replace(REPORT, title=S), "report", "Report.title", "報告書 ＞ 報告書名", ("効果検証報告", "別のこと")),
    (replace(REPORT, chapter=S), "report", "Report.chapter", "報告書 ＞ 章", ("第2章", "別のこと")),
    (replace(REPORT, ext={"版": "決定"}), "report", "Report.ext", "報告書 ＞ 拡張 版", ('"案"', '"決定"')),
    (in_project(number="3"), "project", "Project.number", f"{P} ＞ 事業番号", ("2", "3")),
    (in_project(grant=S), "project", "Project.grant", f"{P} ＞ 交付金名称", ("推進交付金", "別のこと")),
    (in_project(grant_type=S), "project", "Project.grant_type", f"{P} ＞ 交付金の種類", ("横展開", "別のこと")),
    (in_project(period=PeriodSaid(raw="R3～R7", first=2021, last=2025)), "project", "Project.period", f"{P} ＞ 実施期間", ("R3～R5", "R3～R7")),
    (in_project(ext={"内線": 13}), "project", "Project.ext", f"{P} ＞ 拡張 内線".replace("拡張", "事業の拡張"), ("12", "13")),
    (in_project(bodies=(Body(name="みほん市", code="999990"),)), "project", "Body.name", f"{P} ＞ 団体名", ("見本市", "みほん市")),
    (in_project(departments=(Said(text="ものづくり推進室"),)), "department", "Project.departments", f"{P} ＞ 担当課", ("ものづくり推進課", "ものづくり推進室")),
    (in_project(activities=(Said(text="勉強会を二回開いた。"),)), "passage", "Project.activities", f"{P} ＞ 実施内容 1", ("勉強会を開いた。", "勉強会を二回開いた。")),
    (in_indicator(number="9"), "indicator", "Indicator.number", f"{K} ＞ 指標番号", ("1", "9")),
    (in_indicator(unit="団体"), "indicator", "Indicator.unit", f"{K} ＞ 単位", ("社", "団体")),
    (in_indicator(definition=S), "indicator", "Indicator.definition", f"{K} ＞ 指標の定義", ("年度末の会員", "別のこと")),
    (in_indicator(statistic=S), "indicator", "Indicator.statistic", f"{K} ＞ 出典統計", ("会員名簿", "別のこと")),
    (in_indicator(type="output"), "indicator", "Indicator.type", f"{K} ＞ 指標の種類", ("アウトカム", "アウトプット")),
    (in_indicator(direction="down"), "indicator", "Indicator.direction", f"{K} ＞ 方向性", ("増加", "減少")),
    (in_indicator(expression="point_in_time"), "indicator", "Indicator.expression", f"{K} ＞ 値の表し方", ("水準", "時点")),
    (in_indicator(year_type="calendar"), "indicator", "Indicator.year_type", f"{K} ＞ 年の種類", ("会計年度", "暦年")),
    (in_indicator(count_kind="gross"), "indicator", "Indicator.count_kind", f"{K} ＞ 人数の数え方", ("実数", "延べ")),
    (in_indicator(baseline=n(21)), "value", "Indicator.baseline", f"{K} ＞ 基準値", ("20社", "21社")),
    (in_indicator(baseline_year=2019), "indicator", "Indicator.baseline_year", f"{K} ＞ 基準年度", ("平成30年度（2018年度）", "令和元年度（2019年度）")),
    (in_indicator(increase_total=n(12)), "value", "Indicator.increase_total", f"{K} ＞ 増加分の累計", ("10社", "12社")),
    (in_indicator(rating=S), "indicator", "Indicator.rating", f"{K} ＞ 指標の評価", ("B", "別のこと")),
    (in_indicator(note=S), "indicator", "Indicator.note", f"{K} ＞ 指標の備考", ("注", "別のこと")),
    (in_indicator(ext={"メモ": 2}), "indicator", "Indicator.ext", f"{K} ＞ 指標の拡張 メモ", ("1", "2")),
    (in_point(due="2022-02"), "value", "YearPoint.due", f"{WHEN} 目標年月", ("2022-03", "2022-02")),
    (in_point(target=n(31)), "value", "YearPoint.target", f"{WHEN} 目標値", ("30社", "31社")),
    (in_point(actual=n(34)), "value", "YearPoint.actual", f"{WHEN} 実績値", ("33社", "34社")),
    (in_point(cumulative_actual=n(61)), "value", "YearPoint.cumulative_actual", f"{WHEN} 累計実績値", ("60社", "61社")),
    (in_point(rate=S), "value", "YearPoint.rate", f"{WHEN} 達成率", ("110%", "別のこと")),
    (in_point(rating=S), "value", "YearPoint.rating", f"{WHEN} 評価", ("A", "別のこと")),
    (in_spending(yen=6000), "spending", "Spending.yen", f"{LINE} ＞ 金額", ("5千円", "6千円")),
    (in_spending(number="②"), "spending", "Spending.number", f"{LINE} ＞ 経費番号", ("①", "②")),
    (in_spending(kind="subsidy"), "spending", "Spending.kind", f"{LINE} ＞ 経費の種類", ("委託料", "補助金")),
    (in_spending(role="total"), "spending", "Spending.role", f"{LINE} ＞ 経費の位置づけ", ("内訳", "合計")),
    (in_spending(fund=S), "spending", "Spending.fund", f"{LINE} ＞ 財源", ("国費", "別のこと")),
    (in_spending(shared_by=7), "spending", "Spending.shared_by", f"{LINE} ＞ 合算団体数", ("6", "7")),
    (in_spending(note=S), "spending", "Spending.note", f"{LINE} ＞ 経費の備考", ("6市", "別のこと")),
    (in_verification(body=S), "verification", "Verification.body", f"{CHECK} ＞ 検証した会議", ("有識者会議", "別のこと")),
    (in_verification(date="2022-09-01"), "verification", "Verification.date", f"{CHECK} ＞ 検証日", ("2022-08-01", "2022-09-01")),
    (in_verification(grade=S), "verification", "Verification.grade", f"{CHECK} ＞ 事業効果", ("②", "別のこと")),
    (in_verification(expert_judgement=S), "verification", "Verification.expert_judgement", f"{CHECK} ＞ 外部有識者の評価", ("有効", "別のこと")),
    (in_verification(expert_opinion=S), "verification", "Verification.expert_opinion", f"{CHECK} ＞ 外部有識者の意見", ("特になし", "別のこと")),
    (in_verification(obstacle=S), "verification", "Verification.obstacle", f"{CHECK} ＞ 阻害要因", ("天候", "別のこと")),
    (in_verification(countermeasure=S), "verification", "Verification.countermeasure", f"{CHECK} ＞ 対応策", ("屋内で", "別のこと")),
    (in_verification(next_policy=S), "verification", "Verification.next_policy", f"{CHECK} ＞ 今後の方針", ("継続", "別のこと")),
    (in_verification(next_policy_reason=S), "verification", "Verification.next_policy_reason", f"{CHECK} ＞ 今後の方針の理由", ("好評", "別のこと")),
    (in_verification(scales={"総合": S}), "verification", "Verification.scales", f"{CHECK} ＞ その他の評価 総合", ("A", "別のこと")),
]  # fmt: skip


@pytest.mark.parametrize(("after", "part", "field", "subject", "shown"), CASES, ids=lambda x: x if isinstance(x, str) and "." in x else "")  # fmt: skip
@pytest.mark.parametrize("partial", [True, False])
def test_一つの欄の変更は一つの変更(after, part, field, subject, shown, partial):
    found = difference(REPORT, after, partial=partial)
    (change,) = (c for c in found.changes if c.kind != "unchanged")
    assert (change.kind, change.part, change.field) == ("changed", part, field)
    assert (change.subject_ja, (change.before_ja, change.after_ja)) == (subject, shown)
    assert change.id == change.there == change.here
    assert merge(REPORT, after, found, {change.id}).report == after


def test_欄の名は片方だけなら同じ欄で食い違えば別の欄():
    (change,) = difference(in_point(label=None), REPORT, partial=True).of("added")
    assert (change.part, change.field, change.after_ja) == ("value", "YearPoint.label", "1年目")
    other = difference(REPORT, in_point(label="中間"), partial=True)
    assert {c.about.label for c in other.of("added")} == {"中間"}


def test_どの欄も変えて確かめている():
    parts = (Report, Project, Indicator, YearPoint, Spending, Verification)
    fields = {f"{cls.__name__}.{name}" for cls in parts for name in cls.__dataclass_fields__}
    unlike = {
        "id", "place", "raw", "sources", "unread", "projects", "indicators", "years", "spending",
        "verification", "bodies", "unit", "name", "kind", "parent", "label", "fiscal_year", "group", "remarks",
    }  # fmt: skip
    missing = fields - {field for _, _, field, _, _ in CASES}
    assert {name for name in missing if name.partition(".")[2] not in unlike} == set()


def test_単位のない指標に単位が付くときは値の扱いを知らせる():
    bare = in_indicator(unit=None)
    (change,) = difference(bare, REPORT, partial=True).of("added")
    assert change.reasons == ("unit_new",)
    empty = in_indicator(unit=None, baseline=None, increase_total=None, years=())
    (change,) = [c for c in difference(empty, REPORT, partial=True).of("added") if c.field == "Indicator.unit"]  # fmt: skip
    assert change.reasons == ()
    (change,) = difference(REPORT, in_indicator(unit="団体"), partial=True).of("changed")
    assert change.reasons == ("unit_kept",)


def test_名称の変更は照合の訳を添える():
    (change,) = difference(
        in_project(name=Said(text="マルチモノ盛岡推進支援事業費")), in_project(name=Said(text="マルチモノ盛岡推進支援事業")), partial=True
    ).of("changed")  # fmt: skip
    assert change.reasons == ("renamed",)
