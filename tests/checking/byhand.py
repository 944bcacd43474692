"""Reports and documents made by hand, as short as a rule's test needs them."""

from decimal import Decimal

from sosei.checking import Context, Finding, Settings, Unexamined, check
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
    Value,
    Verification,
    Year,
    YearPoint,
)
from sosei.reading.grid import Cell, Document, Grid, Line, Words

SOURCE = Source(id="s1", name="report.txt", sha256="0" * 64, format="text")


def said(text: str | None, start: int | None = None) -> Said | None:
    if text is None:
        return None
    place = () if start is None else (Place(start=start, end=start + len(text)),)
    return Said(text=text, place=place)


def value(what: object, **more: object) -> Value | None:
    """A number, a gap or words; a Value or None goes through."""
    if what is None or isinstance(what, Value):
        return what
    if isinstance(what, Gap):
        return Value(gap=what, **more)
    if isinstance(what, str) and not what.replace(".", "", 1).lstrip("-").isdigit():
        return Value(text=what, **more)
    return Value(number=Decimal(str(what)), **more)


def point(
    target: object = None, actual: object = None, year: int | None = None, **more: object
) -> YearPoint:
    for name in ("rate", "rating"):
        if isinstance(more.get(name), str):
            more[name] = said(more[name])
    return YearPoint(fiscal_year=year, target=value(target), actual=value(actual), **more)


def indicator(
    name: str | None = "参加企業数",
    unit: str | None = "社",
    *points: YearPoint,
    target: object = None,
    actual: object = None,
    baseline: object = None,
    rate: str | None = None,
    **more: object,
) -> Indicator:
    """An indicator; without points it has one undated point of target, actual and rate."""
    own = (point(target, actual, rate=rate),) if target is not None or actual is not None else ()
    for key in ("note", "definition", "statistic", "parent", "rating"):
        if isinstance(more.get(key), str):
            more[key] = said(more[key])
    if "increase_total" in more:
        more["increase_total"] = value(more["increase_total"])
    return Indicator(
        name=said(name), unit=unit, years=points or own, baseline=value(baseline), **more
    )


def money(label: str | None, yen: int | None, **more: object) -> Spending:
    if isinstance(more.get("fund"), str):
        more["fund"] = said(more["fund"])
    return Spending(label=said(label), yen=yen, **more)


def project(*indicators: Indicator, name: str | None = "人材育成事業", **more: object) -> Project:
    for key in ("grant", "grant_type"):
        if isinstance(more.get(key), str):
            more[key] = said(more[key])
    if isinstance(more.get("period"), str):
        more["period"] = PeriodSaid(raw=more["period"])
    return Project(name=said(name), indicators=indicators, **more)


def verified(**words: str) -> Verification:
    return Verification(**{key: said(text) for key, text in words.items()})


def report(*projects: Project, year: int | None = 2021, **more: object) -> Report:
    """A report whose year is printed; `year=None` leaves it out."""
    printed = Year(year=year, basis="printed") if year is not None else None
    return Report(projects=projects, **{"fiscal_year": printed, **more})


def of(*indicators: Indicator, **more: object) -> Report:
    """A report of one project with these indicators."""
    return report(project(*indicators, **more))


def document(
    *rows: list[object],
    form: str = "csv",
    lines: tuple[str, ...] = (),
    cells: tuple[Cell, ...] = (),
    unread: tuple = (),
) -> Document:
    """A document with one table of the rows, whose cells are placed as in a workbook, after lines of text."""
    made = [_cell(r, c, what) for r, row in enumerate(rows) for c, what in enumerate(row)]
    blocks: list[Line | Grid] = []
    at = 0
    for text in lines:
        blocks.append(Line(Words.at(text, Place(start=at, end=at + len(text)), exact=True)))
        at += len(text) + 1
    if made or cells:
        width = max([len(row) for row in rows] + [c.column + c.colspan for c in cells])
        blocks.append(Grid(max(len(rows), 1), width, (*made, *cells), sheet="表"))
    source = Source(id="s1", name=f"report.{form}", sha256="0" * 64, format=form)
    return Document(source, tuple(blocks), unread)


def _cell(row: int, column: int, what: object) -> Cell:
    place = Place(sheet="表", range=f"{chr(65 + column)}{row + 1}")
    if isinstance(what, Cell):
        return what
    number = what if isinstance(what, Decimal) else None
    return Cell(row, column, Words.at(str(what), place), number=number)


def found(code: str, seen: Report, **context: object) -> list[Finding]:
    """The findings of one rule."""
    findings = check(seen, Context(**context), Settings(select=(code,)))
    return [finding for finding in findings if finding.code == code]


def unexamined(code: str, seen: Report, **context: object) -> list[Unexamined]:
    """What one rule could not look at."""
    findings = check(seen, Context(**context), Settings(select=(code,)))
    return [each for each in findings.unexamined if each.code == code]


def in_document(code: str, *rows: list[object], **more: object) -> list[Finding]:
    """The findings of a rule on a document, with an empty report."""
    return found(code, report(), document=document(*rows, **more))


def seed() -> Report:
    """The seed's report as its reader should make it: names, figures and places, without the long prose."""
    return Report(
        chapter=said("地方創生関連交付金等を活用した事業", 3),
        fiscal_year=Year(
            year=2021, basis="inferred", raw="令和 4 年度", place=(Place(start=2700, end=2708),)
        ),
        sources=(SOURCE,),
        projects=(_cluster(), _platform(), _relations(), _festival()),
    )


GRANT = "地方創生推進交付金"


def _cluster() -> Project:
    return project(
        _row("TOLIC会員ものづくり企業への地元高等教育機関卒業生就職者数", "人", 18, 600),
        _row("TOLIC会員ものづくり企業数", "社", 33, 650),
        _row("クラスター構成企業による海外取引にかかる売上高", "千円", 259057, 700),
        name="成長分野拠点形成支援事業",
        grant=GRANT,
        departments=(said("ものづくり推進課"),),
        period=_period("R1～R3 年度", 2019, 2021, 760),
        spending=(
            _line("①", "盛岡市クラスター活動支援業務委託", 10_010_000, "commission", 500),
            _line("②", "盛岡ヘルスケア産業協議会負担金", 1_333_000, "contribution", 530),
            _line("②", "盛岡市医療福祉機器等販路開拓支援事業補助金", 17_662_000, "subsidy", 560),
        ),
    )


def _platform() -> Project:
    return project(
        _row("高度IT人材の県内就職者数", "人", 161, 1000),
        _row("プラットフォーム参加企業数", "社", 53, 1030),
        _row("実証実験補助件数", "件", 2, 1060),
        name="盛岡 AI・IoTプラットフォーム事業",
        grant=GRANT,
        departments=(said("ものづくり推進課"),),
        period=_period("R3～7 年度", 2021, 2025, 1080),
    )


def _relations() -> Project:
    names = (
        "盛岡を訪問した人数",
        "ふるさと納税を行った人数",
        "移住した移住者数",
        "データベースに登録した人数",
    )
    targets = (150, 500, 30, 1000)
    return project(
        *(
            Indicator(
                name=said(f"事業を通して、{name}", 1500 + 40 * n),
                number="①②③④"[n],
                unit="人",
                years=(
                    YearPoint(
                        target=Value(number=Decimal(targets[n])),
                        actual=Value(
                            gap=Gap.COUNTING,
                            raw="集計中",
                            place=(Place(start=1530 + 40 * n, end=1533 + 40 * n),),
                        ),
                    ),
                ),
            )
            for n, name in enumerate(names)
        ),
        name="関係人口の増加を機軸とした移住・定住・交流人口対策事業",
        grant=GRANT,
        departments=(said("都市戦略室"), said("経済企画課")),
        period=_period("H30～R4", 2018, 2022, 1700),
    )


def _festival() -> Project:
    rows = (
        ("東北の県庁所在地六市延べ宿泊者数", "人泊", 4_200_000),
        ("夏祭り入込数", "人", 8_790_000),
        ("観光物産プロモーション実施回数", "回", 2),
        ("スタンプラリー参加者数", "人", 1000),
    )
    return project(
        *(
            Indicator(
                name=said(name, 2900 + 40 * n),
                number="①②③④"[n],
                unit=unit,
                years=(YearPoint(target=Value(number=Decimal(target))),),
                note=said("いずれも令和 4 年度計画値"),
            )
            for n, (name, unit, target) in enumerate(rows)
        ),
        name="東北六市連携による伝統的夏祭りを活用した交流人口拡大プロジェクト",
        kind="plan",
        grant=GRANT,
        fiscal_year=Year(year=2022, basis="printed", raw="令和 4 年度"),
        departments=(said("観光課"),),
        period=_period("R4~R6", 2022, 2024, 3100),
        place=(Place(start=2720, end=3200),),
    )


def _row(name: str, unit: str, actual: int, start: int) -> Indicator:
    here = (Place(start=start + 30, end=start + 35),)
    return Indicator(
        name=said(name, start),
        unit=unit,
        years=(YearPoint(actual=Value(number=Decimal(actual), place=here)),),
    )


def _line(number: str, label: str, yen: int, kind: str, start: int) -> Spending:
    place = (Place(start=start, end=start + 25),)
    return money(label, yen, number=number, kind=kind, unit="千円", place=place)


def _period(raw: str, first: int, last: int, start: int) -> PeriodSaid:
    return PeriodSaid(
        raw=raw, first=first, last=last, place=(Place(start=start, end=start + len(raw)),)
    )


__all__ = [name for name in globals() if not name.startswith("_")] + ["Body", "Gap"]
