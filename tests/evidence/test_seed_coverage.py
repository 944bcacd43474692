"""種の名詞の置き場: every register, service, event, figure and relation that the first report names has a home that is there.

The words are our own list (`docs/seed-coverage.toml`). Where the report itself is at hand (../shared), each word is looked
for in it, and whatever it says beside these words must be known to name nothing. What a row names is looked up: the
register, what of it says the noun, the measure, the pages, the test. Then one entry that says it is made, and counted.
"""

import re
import unicodedata
from dataclasses import fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from tomllib import loads
from typing import Any

import pytest

from bookroom import BODY, Town, town
from evidenceroom import defined, entered, firm, made, value
from sosei.core import gaps
from sosei.core import report as contract
from sosei.evidence import models as em
from sosei.evidence.actions.subjects import set_attribute
from sosei.evidence.binding import bound
from sosei.evidence.drafts import Draft, Who
from sosei.evidence.kinds import Field, RegisterKind, catalogue
from sosei.evidence.measures import parse
from sosei.web.desk.urls import urlpatterns

ROOT = Path(__file__).resolve().parents[2]
SAID = loads((ROOT / "docs" / "seed-coverage.toml").read_text("utf-8"))
SEED = ROOT.parent / "shared" / "seed" / "morioka-r3.txt"
KINDS = {"register", "service", "event", "figure", "relation", "place", "heading"}
NOUNS = [
    {**SAID["defaults"]["evidence" if "register" in row else "contract"], **row}
    for row in SAID["noun"]
]
HELD = [row for row in NOUNS if "register" in row]
YEAR = 2021
_RUN = re.compile(r"[一-龥々ァ-ヶーA-Za-z0-9]{2,}")


def named(row: dict[str, Any]) -> str:
    said = (row.get(key) for key in ("register", "field", "choice", "stage", "attribute"))
    return "・".join([row["words"][0], *(str(one) for one in said if one)])


def flat(text: str) -> str:
    """Return a text without tags and spaces: in the report, spaces stand within words."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", re.sub(r"<[^>]+>", " ", text)))


@pytest.fixture(scope="module")
def seed() -> str:
    if not SEED.exists():
        pytest.skip("the first report is not at hand")
    return flat(SEED.read_text("utf-8"))


def test_語はどれも報告書にある(seed: str) -> None:
    assert [word for row in NOUNS for word in row["words"] if flat(word) not in seed] == []


def test_置き場のない語は残っていない(seed: str) -> None:
    covered = [False] * len(seed)
    for word in {flat(word) for row in NOUNS for word in row["words"]}:
        for found in re.finditer(re.escape(word), seed):
            covered[found.start() : found.end()] = [True] * len(word)
    left = "".join(" " if known else char for char, known in zip(seed, covered, strict=True))
    assert set(_RUN.findall(left)) == set(SAID["plain"])


@pytest.mark.parametrize("row", NOUNS, ids=named)
def test_置き場に書いたものはどれもある(row: dict[str, Any]) -> None:
    known = {
        "words",
        "kind",
        "register",
        "contract",
        "field",
        "choice",
        "stage",
        "attribute",
        "measure",
    }
    assert row.keys() <= known | {"form", "page", "test"}
    assert row["kind"] in KINDS
    assert ("register" in row) != ("contract" in row)
    pages = {f"desk:{page.name}" for page in urlpatterns}
    assert {row["form"], row["page"]} <= pages
    path, _, name = row["test"].partition("::")
    assert re.search(rf"^def {re.escape(name)}\(", (ROOT / path).read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("row", [row for row in NOUNS if "contract" in row], ids=named)
def test_報告書の項目は契約にある(row: dict[str, Any]) -> None:
    of, _, part = row["contract"].partition(".")
    if of == "Gap":
        assert part in gaps.Gap.__members__
    else:
        assert part in {one.name for one in fields(getattr(contract, of))}


@pytest.mark.parametrize("row", HELD, ids=named)
def test_台帳の項目と数え方は付属の台帳にある(row: dict[str, Any]) -> None:
    kind = catalogue()[row["register"]]
    assert row.get("field") is None or row["field"] in kind.fields
    assert "choice" not in row or row["choice"] in kind.fields[row["field"]].choices
    assert row.get("stage") is None or row["stage"] in kind.stages
    assert (row["kind"] == "figure") <= ("measure" in row)
    if "measure" in row:
        bound(parse(row["measure"]), catalogue())


def test_同じ語と置き場は二度書かない() -> None:
    said = [(tuple(row["words"]), row.get("register"), row.get("contract")) for row in NOUNS]
    assert len(set(said)) == len(said)


def test_約束した台帳はどれもあり名詞の置き場になっている() -> None:
    homes = {row["register"] for row in HELD}
    assert set(SAID["promised"].values()) <= homes
    assert homes == set(catalogue()), "a register of the catalogue that no noun asks for"


# -- one entry that says the noun, and what counts it --------------------------------------------------------------------


@pytest.fixture
def office() -> Town:
    return town()


@pytest.mark.django_db
@pytest.mark.parametrize("row", HELD, ids=named)
def test_名詞を一件登録すると一件に数えられる(office: Town, row: dict[str, Any]) -> None:
    kind = catalogue()[row["register"]]
    if kind.asks is not None:
        made(office, kind.asks)
    register = made(office, kind.key)
    entered(office, register, [_draft(kind, row), _other(kind, row)])
    if "attribute" in row:
        for subject in em.Subject.objects.filter(name="株式会社見本鋳造"):
            set_attribute(by=office.planner, subject=subject.pk, name=row["attribute"], value=True)
    defined(office, "one", _counting(kind, row))
    assert value(BODY, "one", YEAR) == 1


def _draft(kind: RegisterKind, row: dict[str, Any]) -> Draft:
    """Return an entry that says the noun."""
    last = date(YEAR, 8, 31) if kind.kind == "series" else None
    told = {"year": YEAR} if kind.kind == "survey" else {"first": date(YEAR, 8, 1), "last": last}
    reached = tuple(date(YEAR, 8, 1) for _ in kind.stages)
    said = {key: _value(field, row) for key, field in kind.fields.items() if not field.personal}
    if kind.subsidy is not None:
        said[kind.subsidy.fields["rate"]] = "10/10"
    return Draft(who=_who(kind), values=said, reached=reached, **(told if not kind.stages else {}))


def _other(kind: RegisterKind, row: dict[str, Any]) -> Draft:
    """Return an entry of a year before, which must not be counted; of a roster, one that is over."""
    one = _draft(kind, row)
    if kind.kind == "survey":
        return Draft(who=one.who, values=one.values, year=YEAR - 1)
    before = date(YEAR - 2, 8, 1)
    if kind.stages:
        return Draft(who=one.who, values=one.values, reached=tuple(before for _ in kind.stages))
    return Draft(who=one.who, values=one.values, first=before, last=date(YEAR - 2, 8, 31))


def _who(kind: RegisterKind) -> Who | None:
    if kind.subject == "none":
        return None
    return (
        firm("株式会社見本鋳造")
        if kind.subject == "organisation"
        else Who(kind="person", name="見本 春子")
    )


def _value(field: Field, row: dict[str, Any]) -> Any:
    if field.key == row.get("field") and "choice" in row:
        return row["choice"]
    return {
        "text": "見本", "place": "見本市", "number": Decimal(2), "money": Decimal(3000), "yes-no": True,
        "date": date(YEAR, 9, 1), "choice": field.choices[0] if field.choices else "",
    }[field.type]  # fmt: skip


def _counting(kind: RegisterKind, row: dict[str, Any]) -> str:
    """Return the measure that counts entries that say the noun."""
    field = kind.fields[row["field"]] if "field" in row else None
    asked = f" where {field.key} {_is(field, row)}" if field else ""
    if "attribute" in row:
        asked = f" where subject.{row['attribute']} = yes"
    stage = f' reaching "{row.get("stage", kind.stages[0])}"' if kind.stages else ""
    window = {"survey": "during survey", "roster": "at end"}.get(kind.kind, "during fiscal")
    return f'count of {kind.key}{stage}{asked} {window} unit "件"'


def _is(field: Field, row: dict[str, Any]) -> str:
    return f'= "{row["choice"]}"' if "choice" in row else "known"
