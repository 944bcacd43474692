"""意見書の見本. What experts of a fictional city are asked, for the tests of both sides."""

from datetime import date

from sosei.core.opinions import JudgedProject, OpinionSheet, ShownIndicator

PROJECTS = (
    JudgedProject(
        key="P1", number="事業1", name="成長分野拠点形成支援事業", grant="地方創生推進交付金（Society5.0タイプ）",
        departments=("ものづくり推進課", "企業立地雇用課"), spent="29,005千円",
        activities=("ヘルスケア産業の拠点施設を整備し、入居企業の募集を行った。", "AI・IoT人材の育成講座を12回開催した。"),
        indicators=(
            ShownIndicator(number="①", name="市内ものづくり企業の新規雇用者数", unit="人", target="30", actual="25", rate="83.3%"),
            ShownIndicator(number="②", name="会員企業の海外売上高", unit="千円", target="259,057", actual="集計中", rate=None),
        ),
        proposed="地方創生に相当程度効果があった", decided="地方創生に相当程度効果があった",
        assessment=(("阻害要因", "感染症の影響で海外の商談会が中止となった。"), ("今後の方針", "事業の継続")),
    ),
    JudgedProject(
        key="P2", number="事業2", name="関係人口創出・移住促進事業", grant="地方創生推進交付金",
        departments=("都市戦略室",),
        indicators=(ShownIndicator(number="①", name="移住者数", unit="人", target="60", actual="61", rate="101.7%"),),
        decided="地方創生に非常に効果的であった",
    ),
    JudgedProject(key="P3", number="事業3", name="夏まつり広域連携事業"),
)  # fmt: skip


def sheet(**changes) -> OpinionSheet:
    """The sheet of the sample, some of it changed."""
    given = {
        "mark": "R3-OP-1", "body": "見本市（架空）", "office": "企画課", "fiscal_year": 2021,
        "title": "令和3年度地方創生関連交付金活用事業の効果検証", "due_on": date(2022, 8, 26),
        "contact": "企画係　見本 花子\n電話 000-000-0000", "projects": PROJECTS, "base": "1a2b3c4d5e6f",
        "expert": None, "sector": "金融",
    }  # fmt: skip
    return OpinionSheet(**(given | changes))
