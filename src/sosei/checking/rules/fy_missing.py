"""対象年度の記載. The report does not print the fiscal year that its results are of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import Scene
from sosei.core.report import Places
from sosei.core.shown import show_year


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look at the report's year, or at the years of its projects where each prints its own."""
    year = scene.report.fiscal_year
    if year is not None and year.basis == "printed":
        return
    results = [spot for spot in scene.projects if spot.project.kind != "plan"]
    if year is None and results and all(spot.year_printed for spot in results):
        return
    known_ja = f"（ほかの記載から{show_year(year.year)}と推定）" if year else ""
    known_en = f" (inferred: FY{year.year})" if year else ""
    yield Hit(
        ja=f"報告書の対象年度が書かれていません{known_ja}。表題か冒頭に「令和○年度実績」のように書いてください。",
        en=f"The report does not print the fiscal year of its results{known_en}. Print it in the title.",
        path="/fiscal_year",
        place=(year.place if year else ()) or _top(scene),
        raw=year.raw if year else None,
    )


def _top(scene: Scene) -> Places:
    """Return where the year should have stood: the title, the chapter, or the first project."""
    heads = [said.place for said in (scene.report.title, scene.report.chapter) if said]
    return next((place for place in [*heads, *(p.place for p in scene.projects)] if place), ())


RULE: Final = Rule(
    code="FY-MISSING",
    title_ja="対象年度の記載なし",
    title_en="Fiscal year not stated",
    severity=Severity.WARNING,
    source="盛岡市 令和3年度の報告（記載の義務を確認できていないため注意）",
    why_ja="年度が書かれていないと、実績がいつのものか、どの制度の規則で見るのかを読み手が決められません。",
    why_en="Without its year nobody can say when the results were reached or which rules were in force.",
    wrong="地方創生関連交付金等を活用した事業",
    right="令和3年度 地方創生関連交付金等を活用した事業",
    look=look,
)
