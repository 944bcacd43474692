"""照会の見本. A department's answer sheet as offices send it, for the tests of both sides."""

from datetime import date

from sosei.core.inquiry import AnswerSheet, AskedProject, Question, base_of

PROJECTS = (
    AskedProject(
        key="P1",
        number="事業1",
        name="成長分野拠点形成支援事業",
        grant="地方創生推進交付金（Society5.0タイプ）",
    ),
    AskedProject(
        key="P2", number="事業2", name="関係人口創出・移住促進事業", grant="地方創生推進交付金"
    ),
)
QUESTIONS = (
    Question(
        key="Q01", project="P1", role="actual", indicator="市内ものづくり企業の新規雇用者数", number="①", unit="人",
        fiscal_year=2021, target="30", last_year="18", stamp="a1",
    ),
    Question(
        key="Q02", project="P1", role="actual", indicator="会員企業の海外売上高", number="②", unit="千円",
        fiscal_year=2021, target="259,057", last_year="243,100", stamp="a2",
        note="会員企業への調査で集計した額です。",
    ),
    Question(
        key="Q03", project="P1", role="actual", indicator="産業支援拠点の満足度", number="③", unit="%", fiscal_year=2021,
        target="80", last_year="78.5", stamp="a3",
    ),
    Question(key="Q04", project="P1", role="spending", indicator="コーディネーター業務委託", number="①", unit="千円", fiscal_year=2021, target="10,200", last_year="10,010"),
    Question(key="Q05", project="P1", role="spending", indicator="推進協議会負担金", number="②", unit="千円", fiscal_year=2021, target="1,500", last_year="1,333"),
    Question(key="Q06", project="P1", role="spending", indicator="実証実験補助金", number="③", unit="千円", fiscal_year=2021, target="18,000", last_year="17,662"),
    Question(
        key="Q07", project="P1", role="text", field="Project.activities", fiscal_year=2021,
        last_year="・ヘルスケア産業の拠点施設を整備し、入居企業の募集を行った。\n・AI・IoT人材の育成講座を12回開催し、延べ161人が受講した。",
    ),
    Question(key="Q08", project="P1", role="text", field="Verification.obstacle", fiscal_year=2021, last_year="感染症の影響で海外の商談会が中止となった。"),
    Question(
        key="Q09", project="P1", role="text", field="Verification.next_policy", fiscal_year=2021, last_year="事業の継続",
        choices=("追加等更に発展させる", "事業内容の見直し（改善）", "事業の継続", "事業の中止", "予定どおり事業終了"),
    ),
    Question(
        key="Q10", project="P2", role="actual", indicator="移住者数", number="①", unit="人", fiscal_year=2021, target="60",
        last_year="53",
    ),
    Question(
        key="Q11", project="P2", role="cumulative_actual", indicator="移住者数", number="①", unit="人", fiscal_year=2021,
        target="160", last_year="104",
    ),
    Question(
        key="Q12", project="P2", role="actual", indicator="夏まつりの来場者数（延べ）", number="②", unit="人",
        fiscal_year=2021, target="1,300,000", last_year="集計中\n公表予定：7月末",
    ),
    Question(
        key="Q13", project="P2", role="actual", indicator="プロモーション実施回数", number="③", unit="回", fiscal_year=2021,
        target="2", last_year="2", now="2",
    ),
    Question(key="Q14", project="P2", role="spending", indicator="業務委託", unit="千円", fiscal_year=2021, target="6,000", last_year="5,500"),
    Question(key="Q15", project="P2", role="text", field="Project.activities", fiscal_year=2021, last_year=None),
)  # fmt: skip


def sheet(**changes) -> AnswerSheet:
    """The sheet of the sample, some of it changed."""
    given = {
        "mark": "R3-02-MONO", "body": "見本市（架空）", "office": "企画課", "department": "ものづくり推進課",
        "fiscal_year": 2021, "title": "令和3年度地方創生関連交付金活用事業の実績",
        "due_on": date(2022, 6, 24), "sent_on": date(2022, 6, 1), "number": "4企第123号",
        "contact": "企画課 企画係　見本 花子\n内線 1234　kikaku@city.mihon.example",
        "projects": PROJECTS, "questions": QUESTIONS,
    }  # fmt: skip
    given |= changes
    given.setdefault("base", base_of(given["projects"], given["questions"]))
    return AnswerSheet(**given)
