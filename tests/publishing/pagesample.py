"""見本. A report as a city would publish it, with everything that a page has to show: gaps, places, years, money."""

from decimal import Decimal

from sosei.core.gaps import Gap
from sosei.core.report import (
    Body,
    Indicator,
    PeriodSaid,
    Place,
    Project,
    Report,
    Said,
    Source,
    Spending,
    Unread,
    Value,
    Verification,
    Year,
    YearPoint,
)

SHA = "0" * 64


def said(text, page=None, raw=None):
    place = (Place(page=page, box=(10.0, 20.0, 30.0, 40.0)),) if page else ()
    return Said(text=text, raw=raw, place=place)


def number(text, page=None, **more):
    place = (Place(page=page, box=(10.0, 20.0, 30.0, 40.0)),) if page else ()
    raw = f"{text}人" if page else None
    return Value(number=Decimal(text), place=place, raw=raw, **more)


def visitors():
    years = tuple(
        YearPoint(
            fiscal_year=year,
            target=number(str(100 + 20 * at), 3),
            actual=number(str(90 + 31 * at), 3) if at < 4 else Value(gap=Gap.COUNTING),
            rate=said(f"{90 + at}.0%", 3) if at < 4 else None,
            rating=said("達成", 3) if at in (2, 3) else None,
        )
        for at, year in enumerate(range(2018, 2023))
    )
    return Indicator(
        name=said("事業を通して見本市を訪れ、地域の団体と継続的な関わりをもつようになった人数（延べ、市外在住者に限る）", 3),
        unit="人", years=years, baseline=number("85", 3), baseline_year=2017, type="outcome", direction="up",
        definition=said("各講座・体験会の参加者名簿で数え、市外在住者のみとする。"), count_kind="gross",
        note=said("令和4年度は速報値の取りまとめ中。"),
    )  # fmt: skip


def first():
    return Project(
        number="1", name=said("成長分野の拠点形成支援事業", 2), grant=said("地方創生推進交付金", 2),
        departments=(said("ものづくり推進課", 2), said("都市戦略室", 2)),
        period=PeriodSaid(raw="R1～R3年度", first=2019, last=2021, place=(Place(page=2),)),
        activities=(
            said("地域の中小企業が海外での提携先や顧客を開くための費用の一部を助成した。", 2),
            said("専門家を派遣し、構成企業の共同開発を支えた。就職の催しに出展し、学生との交流会を3回開いた。", 2),
        ),
        spending=(
            Spending(label=said("見本市クラスター活動支援業務委託", 2), yen=10_010_000, number="①", kind="commission",
                     unit="千円", raw="10,010千円", place=(Place(page=2),)),
            Spending(label=said("医療福祉機器等販路開拓支援事業補助金", 2), yen=17_662_000, number="②", kind="subsidy",
                     unit="千円", place=(Place(page=2),)),
            Spending(label=said("合計"), yen=27_672_000, role="total", unit="千円"),
        ),
        indicators=(
            visitors(),
            Indicator(name=said("会員企業数", 3), unit="社", baseline=number("25"),
                      years=(YearPoint(fiscal_year=2021, target=number("30"), actual=number("33", 3), rate=said("110.0%")),)),
            Indicator(name=said("海外取引にかかる売上高"), unit="千円",
                      years=(YearPoint(target=number("300000"), actual=number("259057", state="preliminary", expected="7月末")),)),
            Indicator(name=said("温室効果ガスの増減量"), unit="t", direction="down", baseline=number("0"),
                      years=(YearPoint(fiscal_year=2020, target=number("-50"), actual=number("-12.5")),
                             YearPoint(fiscal_year=2021, target=number("-80"), actual=Value(gap=Gap.COUNTING)))),
        ),
        verification=Verification(
            body=said("見本市地方創生推進会議"), date="2022-08-01", grade=said("相当程度効果があった"),
            expert_judgement=said("有効であった"), expert_opinion=said("若者の定着に結びつける工夫が要る。"),
            next_policy=said("継続"), scales={"効率性": said("A"), "妥当性": said("B")},
        ),
        remarks=(said("実施期間 R1～R3年度"),),
    )  # fmt: skip


def plan():
    return Project(
        kind="plan", number="2", name=said("祭りを生かした交流人口拡大プロジェクト", 4), departments=(said("観光課"),),
        bodies=(Body(name="見本市", code="990001"), Body(name="例示市")),
        period=PeriodSaid(raw="R4～R6", first=2022, last=2024),
        indicators=(
            Indicator(name=said("延べ宿泊者数"), unit="人泊", years=(YearPoint(fiscal_year=2022, target=number("4200000")),)),
            Indicator(name=said("交流拠点"), years=(YearPoint(fiscal_year=2022, target=Value(text="設置"), actual=Value(gap=Gap.DASH)),)),
            Indicator(name=said("スタンプラリー参加者数"), unit="人"),
        ),
    )  # fmt: skip


def report():
    return Report(
        title=said("地方創生関連交付金等を活用した事業の実施結果（架空の見本）", 1),
        bodies=(Body(name="見本市", code="990001"),),
        fiscal_year=Year(year=2021, basis="inferred", place=(Place(page=1),), raw="R3"),
        projects=(first(), plan()),
        sources=(Source(id="s1", name="mihon-r3.pdf", sha256=SHA, format="pdf"),),
        unread=(Unread(code="words", raw="別紙のとおり"),),
    )
