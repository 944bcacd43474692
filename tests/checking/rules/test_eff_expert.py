from datetime import date

from byhand import found, project, report, unexamined, verified

from sosei.checking import Ledger
from sosei.checking.context import ProjectFacts

GRADED = verified(grade="効果があった")
HEARD = verified(grade="効果があった", expert_opinion="特に意見なし")


def test_検証のある報告で意見のない事業は注意():
    seen = report(project(verification=HEARD), project(name="別の事業", verification=GRADED))
    (finding,) = found("EFF-EXPERT", seen)
    assert finding.severity == "warning"
    assert finding.path == "/projects/1/verification"


def test_令和7年度の第2世代交付金では誤り():
    seen = report(project(grant="新しい地方経済・生活環境創生交付金"), year=2025)
    assert [f.severity for f in found("EFF-EXPERT", seen)] == ["error"]


def test_臨時交付金では参考():
    seen = report(project(grant="地方創生臨時交付金", verification=GRADED))
    assert [f.severity for f in found("EFF-EXPERT", seen)] == ["info"]


def test_意見があれば指摘せず_検証の欄がなければ見ていない():
    assert found("EFF-EXPERT", report(project(verification=HEARD))) == []
    assert found("EFF-EXPERT", report(project())) == []
    assert len(unexamined("EFF-EXPERT", report(project()))) == 2


def test_台帳の議会と公表の期限を見る():
    facts = ProjectFacts(name="人材育成事業", publish_due=date(2022, 9, 30))
    context = {"ledger": Ledger(projects=(facts,)), "today": date(2022, 10, 1)}
    assert len(found("EFF-EXPERT", report(project(verification=HEARD)), **context)) == 2
    done = ProjectFacts(
        name="人材育成事業", assembly_on=date(2022, 9, 1), published_on=date(2022, 9, 2)
    )
    assert (
        found("EFF-EXPERT", report(project(verification=HEARD)), ledger=Ledger(projects=(done,)))
        == []
    )
