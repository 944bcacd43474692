"""JSON の形: a report goes there and back; bad JSON is refused with every problem and its place."""

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sosei.core.codec import decode, dumps, encode, loads
from sosei.core.errors import NotAReport
from sosei.core.report import Report
from strategies import reports

FEW = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
VALUE = {"number": "5", "op": ">=", "unit": "人", "raw": "５人以上"}
GOOD = {
    "schema": "sosei.report/1",
    "title": {"text": "報告書", "place": [{"page": 1, "box": [0, 1.5, 2, 3]}]},
    "bodies": [{"name": "盛岡市", "code": "032018", "basis": "printed"}],
    "fiscal_year": {"year": 2021, "basis": "inferred", "place": [{"start": 0, "end": 2, "ocr": 0.5}]},
    "projects": [
        {
            "kind": "result",
            "period": {"raw": "R1～R3 年度", "first": 2019, "last": 2021},
            "spending": [{"label": {"text": "委託"}, "yen": 0, "unit": "千円", "role": "line"}],
            "indicators": [
                {"name": None, "years": [{"fiscal_year": 2021, "target": VALUE, "actual": {"gap": "counting"}}], "ext": {"a": [1]}},
            ],
            "verification": {"scales": {"外部": {"text": "有効"}}},
        }
    ],
    "sources": [{"id": "s", "name": "a.txt", "sha256": "0" * 64, "format": "text"}],
    "unread": [{"code": "x", "raw": "?", "place": [{"sheet": "a", "range": "A1:B2"}]}],
}  # fmt: skip


def problems_of(data: object) -> list[tuple[str, str]]:
    with pytest.raises(NotAReport) as refusal:
        decode(data)
    return refusal.value.problems


def put(path: str, value: object) -> dict:
    """The good report with one thing changed (or taken out, for ...)."""
    data = copy.deepcopy(GOOD)
    *steps, last = path.strip("/").split("/")
    part = data
    for step in steps:
        part = part[int(step)] if isinstance(part, list) else part[step]
    key = int(last) if isinstance(part, list) else last
    if value is ...:
        del part[key]
    else:
        part[key] = value
    return data


def test_よい報告は読める():
    report = decode(GOOD)
    assert report.projects[0].indicators[0].years[0].target.number == 5
    assert decode(encode(report)) == report


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/schema", ...), ("/schema", "sosei.report/2"), ("/schema", None), ("/projects", ...), ("/projects", None), ("/projects", {}), ("/projects", "x"),
        ("/title", "報告書"), ("/title", {}), ("/title", {"text": ""}), ("/title", {"text": " a"}), ("/title", {"text": 5}), ("/title/text", None),
        ("/title/extra", 1), ("/title/place/0/page", 0), ("/title/place/0/page", "1"), ("/title/place/0/page", True), ("/title/place/0/page", 1.0),
        ("/title/place/0/box", [0, 1, 2]), ("/title/place/0/box", [0, 1, 2, "3"]), ("/title/place/0/box", "0123"), ("/title/place", {}),
        ("/bodies/0/code", "32018"), ("/bodies/0/code", "0320180"), ("/bodies/0/code", "03201８"), ("/bodies/0/code", 32018), ("/bodies/0/name", ...),
        ("/bodies/0/basis", "guessed"), ("/fiscal_year/year", 1925), ("/fiscal_year/year", 2101), ("/fiscal_year/year", "2021"), ("/fiscal_year/year", ...),
        ("/fiscal_year/place/0/start", -1), ("/fiscal_year/place/0/ocr", 1.5), ("/fiscal_year/place/0/ocr", "high"), ("/projects/0/kind", "results"),
        ("/projects/0/kind", ...), ("/projects/0/kind", ["result"]), ("/projects/0/indicators", ...), ("/projects/0/indicators", {}), ("/projects/0", None),
        ("/projects/0", []), ("/projects/0/period/raw", ...), ("/projects/0/period/first", "R1"), ("/projects/0/spending/0/yen", "0"),
        ("/projects/0/spending/0/yen", 1.5), ("/projects/0/spending/0/yen", ...), ("/projects/0/spending/0/label", ...), ("/projects/0/spending/0/unit", "兆円"),
        ("/projects/0/spending/0/role", "sum"), ("/projects/0/spending/0/yen", 10**15), ("/projects/0/indicators/0/years", ...), ("/projects/0/indicators/0/ext", []),
        ("/projects/0/indicators/0/years/0/target/number", 5), ("/projects/0/indicators/0/years/0/target/number", "1e5"),
        ("/projects/0/indicators/0/years/0/target/number", "05"), ("/projects/0/indicators/0/years/0/target/number", "+5"),
        ("/projects/0/indicators/0/years/0/target/number", ".5"), ("/projects/0/indicators/0/years/0/target/number", "1,000"),
        ("/projects/0/indicators/0/years/0/target/number", "５"), ("/projects/0/indicators/0/years/0/target/number", "1234567890123456"),
        ("/projects/0/indicators/0/years/0/target/number", "NaN"), ("/projects/0/indicators/0/years/0/target/gap", "dash"),
        ("/projects/0/indicators/0/years/0/target/op", "=>"), ("/projects/0/indicators/0/years/0/actual/gap", "later"),
        ("/projects/0/indicators/0/years/0/actual", {}), ("/projects/0/verification/scales", []), ("/projects/0/verification/scales/外部", "有効"),
        ("/projects/0/verification/scales/ ", {"text": "a"}), ("/sources/0/sha256", "0" * 63), ("/sources/0/sha256", "G" * 64), ("/sources/0/id", ...),
        ("/unread/0/code", ...), ("/unread/0/place/0/range", "a1"), ("/unread/0/place/0/range", "A1:"), ("/unknown", 1), ("/bodies", {}), ("/ext", "x"),
    ],
)  # fmt: skip
def test_だめなJSONは場所を示して断る(path: str, value: object):
    problems = problems_of(put(path, value))
    assert len(problems) >= 1
    assert all(what for _, what in problems)
    assert any(path.startswith(where) or where.startswith(path) for where, _ in problems), problems


def test_問題はすべて集める():
    data = put("/bodies/0/code", "1")
    data["projects"][0]["kind"] = "x"
    data["projects"][0]["indicators"][0]["years"][0]["target"]["number"] = 5
    data["title"]["extra"] = 1
    data["schema"] = "?"
    assert [where for where, _ in problems_of(data)] == [
        "/schema", "/title/extra", "/bodies/0/code", "/projects/0/kind", "/projects/0/indicators/0/years/0/target/number",
    ]  # fmt: skip


@pytest.mark.parametrize("data", [None, [], "x", 1, True, {}])
def test_オブジェクトでないものは報告でない(data: object):
    assert problems_of(data)


@pytest.mark.parametrize(
    "text", ["", "{", "[1,", "nul", '{"schema": NaN}', "\x00", "[" * 100_000, '{"a": Infinity}']
)
def test_JSONでない文字列は断る(text: str):
    with pytest.raises(NotAReport) as refusal:
        loads(text)
    assert refusal.value.code == "E210"


@pytest.mark.parametrize("half", [r"\ud800", r"\uDFFF", r"\udfb7\ud842"])
@pytest.mark.parametrize("part", ["unread", "ext"])
def test_対になっていない符号は書き出せないので断る(half: str, part: str):
    said = {"unread": [{"code": "x", "raw": "HERE"}], "ext": {"HERE": ["HERE"]}}[part]
    text = json.dumps({"schema": "sosei.report/1", "projects": [], part: said})
    with pytest.raises(NotAReport):
        loads(text.replace("HERE", half))
    assert "𠮷" in dumps(loads(text.replace("HERE", r"\ud842\udfb7")))


@pytest.mark.parametrize("name", ["page", "table", "row", "column", "start", "end"])
def test_場所の数は_数え始めから(name: str):
    least = 0 if name in {"start", "end"} else 1
    assert decode(put("/title/place", [{name: least}])).title.place[0] is not None
    assert problems_of(put("/title/place", [{name: least - 1}])) == [
        (f"/title/place/0/{name}", f"「{least - 1}」は範囲の外です")
    ]


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("/projects/0/spending/0/role", "sum", "line・subtotal・totalのどれでもありません"),
        ("/projects/0/verification/scales", [], "オブジェクトではありません"),
        ("/projects/0/verification", [], "オブジェクトではありません"),
        ("/bodies/0/code", "32018", "「32018」は決まった形ではありません"),
        ("/fiscal_year/year", 2101, "「2101」は範囲の外です"),
        ("/bodies", {}, "配列ではありません"),
        ("/title/place/0/box", [0, 1, 2], "4個の値が要ります"),
        ("/title/extra", 1, "契約にない項目です"),
        ("/projects/0/indicators/0/years", ..., "必須の項目がありません"),
        ("/projects/0/indicators/0/years/0/target/number", "1e5", "数は「-12.5」のような文字列で書きます"),
    ],
)  # fmt: skip
def test_断りの文は何が違うかを言う(path: str, value: object, said: str):
    assert problems_of(put(path, value)) == [(path, said)]


def test_無限や非数は拡張の中でも断る():
    text = json.dumps(GOOD).replace('"ext": {"a": [1]}', '"ext": {"a": NaN}')
    with pytest.raises(NotAReport):
        loads(text)


def test_項目名の斜線は道の中で別の字になる():
    assert problems_of(put("/title", {"text": "a", "x~y/z": 1}))[0][0] == "/title/x~0y~1z"


def test_ないものは書かずあるものの順は契約の順():
    data = encode(decode(GOOD))
    assert list(data) == [
        "schema",
        "projects",
        "title",
        "bodies",
        "fiscal_year",
        "sources",
        "unread",
    ]
    assert list(data["projects"][0]["indicators"][0]) == ["years", "ext"]
    assert encode(Report()) == {"schema": "sosei.report/1", "projects": []}
    assert data["projects"][0]["spending"][0]["yen"] == 0


def test_文字はそのまま書き最後は改行一つ():
    text = dumps(decode(GOOD))
    assert "盛岡市" in text
    assert text.endswith("}\n")
    assert loads(text) == decode(GOOD)


@FEW
@given(reports(size=2))
def test_報告はJSONを通っても同じ(report: Report):
    assert loads(dumps(report)) == report


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["schema", "projects", "title", "text", "place", "kind"]),
                inner,
                max_size=4,
            )
        ),
        max_leaves=8,
    )
)
def test_報告でないどんなJSONも断りになる(data: object):
    assert problems_of(data)


@pytest.mark.shared
def test_契約の形にかなう(shared):
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((shared / "contract" / "report.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    validator.validate(GOOD)

    @FEW
    @given(reports(size=2))
    def check(report: Report) -> None:
        validator.validate(encode(report))

    check()


@pytest.mark.parametrize("number", ["1e999", "-1e999", "NaN", "Infinity"])
def test_numbers_that_json_could_not_give_back_are_refused(number):
    text = '{"schema": "sosei.report/1", "projects": [], "ext": {"a": %s}}'
    assert loads(text % "1e99").ext == {"a": 1e99}
    with pytest.raises(NotAReport):
        loads(text % number)
