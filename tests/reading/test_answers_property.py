"""回答の往復. Whatever is filled into a form comes back; whatever is done to the form, nothing comes back wrong."""

import io
import random
from datetime import date
from decimal import Decimal

import openpyxl
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

import answerfiles as files
import inquirysample
from sosei.core.errors import SoseiError
from sosei.core.gaps import Gap
from sosei.core.inquiry import AnswerSheet, AskedProject, Question, base_of
from sosei.core.report import bare
from sosei.core.shown import read_lines, show_value
from sosei.publishing.inquiry import workbook
from sosei.reading.answers import read_answers
from sosei.reading.answers.refusals import NotAnAnswer
from sosei.reading.formats.refusal import Empty
from strategies import AWKWARD, values

SAMPLE = inquirysample.sheet()

SUBJECTS = ("移住", "新規雇用", "来場", "受講", "転入", "転出", "宿泊", "会員", "女性", "高校生")
MEASURES = (
    "者数",
    "者の数",
    "件数",
    "者数（20代）",
    "者数（30代）",
    "率",
    "者数（延べ）",
    "企業の売上高",
)
COSTS = ("業務委託", "協議会負担金", "補助金", "広告料", "①業務委託", "旅費")
UNITS = ("人", "件", "千円", "%", "社", "人泊", None)
PROJECTS = (
    "拠点形成支援事業",
    "移住促進事業",
    "関係人口創出事業",
    "観光振興事業（第2期）",
    "観光振興事業",
)
FIELDS = ("Project.activities", "Verification.obstacle", "Verification.countermeasure")
QUIET = settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,)
)  # fmt: skip
WAYS = (
    (files.pasted, "写し.xlsx"), (files.as_csv, "回答.csv"), (files.as_csv, "回答.txt"), (files.as_tsv, "回答.txt"),
    (files.as_html, "回答.htm"),
)  # fmt: skip

numbers = st.one_of(
    st.integers(0, 5_000_000), st.integers(-500, 500), st.decimals(0, 1000, places=1, allow_nan=False)
)  # fmt: skip
shown = st.one_of(st.none(), st.integers(1, 300_000).map(lambda n: f"{n:,}"), st.just("集計中"))


@st.composite
def questions(draw, project, at):
    kind = draw(
        st.sampled_from(("actual", "actual", "actual", "cumulative_actual", "spending", "text"))
    )
    key = f"Q{project}-{at}"
    number = draw(st.sampled_from((None, "①②③④⑤⑥⑦⑧"[at])))
    if kind == "text":
        last = draw(st.one_of(st.none(), st.sampled_from(("講座を開いた。", "拠点を\n整備した。"))))
        return Question(
            key=key,
            project=project,
            role="text",
            field=draw(st.sampled_from(FIELDS)),
            last_year=last,
        )
    if kind == "spending":
        name, unit = draw(st.sampled_from(COSTS)), draw(st.sampled_from(("千円", "円")))
    else:
        name = draw(st.sampled_from(SUBJECTS)) + draw(st.sampled_from(MEASURES))
        unit = draw(st.sampled_from(UNITS))
    return Question(
        key=key, project=project, role=kind, indicator=name, unit=unit, number=number, fiscal_year=2021,
        target=draw(shown), last_year=draw(shown), now=draw(st.sampled_from((None, None, None, "7"))),
    )  # fmt: skip


@st.composite
def sheets(draw, *, distinct=False):
    names = draw(st.lists(st.sampled_from(PROJECTS), min_size=1, max_size=3, unique=True))
    projects = tuple(
        AskedProject(key=f"P{at}", name=name, number=f"事業{at}")
        for at, name in enumerate(names, 1)
    )
    asked = []
    for project in projects:
        count = draw(st.integers(1, 6))
        asked += [draw(questions(project.key, at)) for at in range(count)]
    sheet = AnswerSheet(
        mark="R3-07", body="見本市", office="企画課", department="商工課", fiscal_year=2021,
        title="令和3年度 実績照会", due_on=date(2022, 6, 24), contact="", projects=projects,
        questions=tuple(asked), base=base_of(projects, tuple(asked)),
    )  # fmt: skip
    if distinct:
        seen, kept = set(), []
        for question in asked:
            if (name := sheet.called(question)) not in seen:
                kept.append(question)
            seen.add(name.lstrip("①"))
            seen.add(name)
        return sheet.__class__(**{**sheet.__dict__, "questions": tuple(kept)})
    return sheet


@st.composite
def fills(draw, sheet):
    """What is filled in: key → (cell, what must come back)."""
    filled = {}
    for question in sheet.questions:
        if question.is_text:
            text = draw(
                st.sampled_from(
                    (None, "講座を12回開いた。", "・募集した。\n・選んだ。", "特になし")
                )
            )
            filled[question.key] = (text, None if text is None else ("text", text))
            continue
        kind = draw(st.sampled_from(("number", "number", "typed", "gap", "blank")))
        if kind == "number":
            number = draw(numbers)
            filled[question.key] = (
                float(number) if isinstance(number, Decimal) else number,
                ("number", Decimal(str(number)).normalize() + 0),
            )
        elif kind == "typed":
            number = draw(st.integers(0, 9_999_999))
            unit = question.unit or ""
            filled[question.key] = (f"{number:,}{unit}", ("number", Decimal(number)))
        elif kind == "gap":
            word, gap = draw(
                st.sampled_from(
                    (("集計中", Gap.COUNTING), ("該当なし", Gap.NOT_APPLICABLE), ("－", Gap.DASH))
                )
            )
            filled[question.key] = (word, ("gap", gap))
        else:
            filled[question.key] = (None, None)
    return filled


def content(answer):
    if answer.text is not None:
        return "text", answer.text
    value = answer.value
    return ("gap", value.gap) if value.gap else ("number", value.number)


def come_back(answers):
    return {answer.key: content(answer) for answer in answers.answers}


def wanted(filled):
    return {key: want for key, (_, want) in filled.items() if want is not None}


@given(st.data())
@QUIET
def test_記入した値はそのまま戻る(data):
    sheet = data.draw(sheets())
    filled = data.draw(fills(sheet))
    book = files.filled(sheet, {key: cell for key, (cell, _) in filled.items()})
    answers = read_answers(files.saved(book), "回答.xlsx", [sheet])
    assert come_back(answers) == wanted(filled)
    assert {q.key for q in answers.unanswered} == filled.keys() - wanted(filled).keys()
    assert not answers.not_understood
    assert all(a.how == "id" and a.certainty == "sure" for a in answers.answers)


def altered(data, book):
    """Values of the form after what an office may have done to them, and the file they are in."""
    rows = files.values(book)
    dice = random.Random(data.draw(st.integers(0, 10_000)))
    if data.draw(st.booleans(), label="ids deleted"):
        rows = files.without_ids(rows)
    if data.draw(st.booleans(), label="head deleted"):
        rows = rows[data.draw(st.integers(1, 6)) :]
    if data.draw(st.booleans(), label="rows deleted"):
        rows = [row for row in rows if dice.random() > 0.2]
    if data.draw(st.booleans(), label="rows shuffled"):
        dice.shuffle(rows)
    if data.draw(st.booleans(), label="columns moved"):
        order = list(range(max(map(len, rows), default=0)))
        dice.shuffle(order)
        rows = [[row[at] for at in order] for row in rows]
    write, name = data.draw(st.sampled_from(WAYS))
    return write(rows), name


@given(st.data())
@settings(QUIET, max_examples=150)
def test_何をされても違う値は戻らない(data):
    sheet = data.draw(sheets())
    filled = data.draw(fills(sheet))
    book = files.filled(sheet, {key: cell for key, (cell, _) in filled.items()})
    try:
        changed = altered(data, book)
        answers = read_answers(*changed, [sheet])
    except (Empty, NotAnAnswer):
        return
    if changed[1].endswith(("csv", "txt", "htm")):
        note(changed[0].decode("utf-8" if changed[1] != "回答.txt" else "cp932", "replace"))
    note("\n".join(n.ja for n in (*answers.warnings, *answers.not_understood)))
    for key, found in come_back(answers).items():
        want = filled[key][1]
        if found[0] == "text":
            assert want is not None
            assert found[1].replace("\n", "").replace(" ", "") == want[1].replace("\n", "")
        else:
            assert found == want, (key, found, want)


@given(st.data())
@QUIET
def test_番号が消えても名前が違えば全部読める(data):
    sheet = data.draw(sheets(distinct=True))
    filled = data.draw(fills(sheet))
    book = files.filled(sheet, {key: cell for key, (cell, _) in filled.items()})
    answers = read_answers(
        files.pasted(files.without_ids(files.values(book))), "写し.xlsx", [sheet]
    )
    note("\n".join(n.ja for n in (*answers.warnings, *answers.not_understood)))
    assert come_back(answers) == wanted(filled)
    assert not answers.not_understood
    assert all(answer.how == "reading" for answer in answers.answers)


#: What cells of a muddled file hold: names, ids, headings, figures, and what breaks careless readers.
PIECES = (
    *(SAMPLE.called(question) for question in SAMPLE.questions), *(project.name for project in SAMPLE.projects),
    "事業1　成長分野拠点形成支援事業", *(f"{SAMPLE.mark}:{question.key}" for question in SAMPLE.questions[:6]), f"{SAMPLE.mark}:@P1",
    f"{SAMPLE.mark}:@total", f"{SAMPLE.mark}:@by", f"{SAMPLE.mark}:none", "R9-9:Q01", f"照会番号 {SAMPLE.mark}（版 ffffffff）", f"照会番号 {SAMPLE.mark}（照合用 ffffffff）", "番号", "指標・項目",
    "単位", "目標", "前年度実績", "今年度実績", "今年度の記載", "判明予定日", "備考", "合計", "小計", "（単位：円）", "人", "千円", "30", "18", "25", "1,234",
    "259,057,000円", "集計中", "集計中（7月末）", "－", "なし", "7月31日", "約130", "", "", "", "記入者", "山田", *AWKWARD,
)  # fmt: skip


@given(
    st.lists(st.lists(st.sampled_from(PIECES), max_size=7), min_size=1, max_size=14),
    st.sampled_from(WAYS),
)
@settings(QUIET, max_examples=250)
def test_どんな表でも倒れず項目は必ずどこかに入る(rows, way):
    write, name = way
    try:
        answers = read_answers(write(rows), name, [SAMPLE])
    except SoseiError:
        return
    answered, blank = set(answers.by_key), {question.key for question in answers.unanswered}
    odd = {notice.key for notice in answers.not_understood}
    assert answered | blank | odd >= set(SAMPLE.by_key)
    assert not answered & blank
    assert not blank & odd
    assert all(answer.raw and answer.place for answer in answers.answers)
    assert all((answer.value is None) != (answer.text is None) for answer in answers.answers)


@given(st.lists(values(), min_size=1, max_size=6), st.sampled_from(("ja", "en")), st.booleans())
@QUIET
def test_入れておいた値を触らなければ同じ値が戻る(known, lang, copied):
    # A text that looks like an escape is another one once openpyxl has saved it.
    known = [v for v in known if v.gap is not Gap.BLANK and "_x0041_" not in repr(v)]
    asked = tuple(
        Question(
            key=f"Q{at}", project="P1", role="actual", indicator=f"指標{at}の{'あいうえお'[at % 5]}", unit="人", fiscal_year=2021,
            now="\n".join(show_value(value, unit="人")),
        )
        for at, value in enumerate(known)
    )  # fmt: skip
    sheet = inquirysample.sheet(questions=asked, projects=SAMPLE.projects)
    book = openpyxl.load_workbook(io.BytesIO(workbook(sheet, lang)))
    data = files.pasted(files.without_ids(files.values(book))) if copied else files.saved(book)
    answers = read_answers(data, "回答.xlsx", [sheet])
    for question in asked:
        meant = read_lines(question.now.split("\n"), unit="人")
        found = answers.by_key.get(question.key)
        assert found is not None, (question.now, answers.not_understood)
        assert bare(found.value) == bare(meant)
