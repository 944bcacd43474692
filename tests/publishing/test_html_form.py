"""ウェブページの形. What the file holds, and what it must never hold."""

import os
import re
import subprocess
import sys
from itertools import pairwise

import pagesample
from hypothesis import HealthCheck, given, settings
from lxml import html as lxml_html

from sosei.core.codec import dumps
from sosei.core.report import Indicator, Place, Project, Report, Said, all_fields
from sosei.publishing.forms import docx, html
from sosei.publishing.pagerefs import where
from strategies import reports

OUTSIDE = re.compile(
    rb"""(?:src|href|action|srcset)\s*=\s*["'](?!#)|@import|url\((?!#)|<script|<link|<iframe|https?://(?!www\.w3\.org/2000/svg)"""
)


def parsed(report, lang="ja"):
    return lxml_html.document_fromstring(html.write(report, lang=lang).decode())


def test_外を指すものも動くものもない():
    data = html.write(pagesample.report())
    assert not OUTSIDE.search(data)
    assert not re.search(rb"<[^>]* (?:style|on[a-z]+)=", data)
    assert data.count(b"<style>") == 1


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(reports())
def test_どんな語も印付けにならない(report):
    root = parsed(report)
    assert {e.tag for e in root.iter() if isinstance(e.tag, str)} <= {
        *[
            "html",
            "head",
            "meta",
            "title",
            "style",
            "body",
            "a",
            "header",
            "div",
            "p",
            "h1",
            "h2",
            "h3",
            "h4",
            "nav",
            "ul",
            "ol",
            "li",
            "main",
            "section",
            "table",
            "caption",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "wbr",
            "span",
            "footer",
            "figure",
            "svg",
            "desc",
            "defs",
            "pattern",
            "path",
            "rect",
            "text",
            "line",
            "circle",
        ]
    }


def test_表には表題と見出しのセルがある():
    root = parsed(pagesample.report())
    tables = root.findall(".//table")
    assert len(tables) == 9
    for table in tables:
        assert table.find("caption").text
        assert all(th.get("scope") == "col" for th in table.findall("thead/tr/th"))
        assert all(th.get("scope") in ("row", "rowgroup") for th in table.findall("tbody/tr/th"))
        assert table.getparent().get("tabindex") == "0"
        assert table.getparent().get("aria-label")


def test_見出しは一段ずつ下がる():
    levels = [int(e.tag[1]) for e in parsed(pagesample.report()).iter("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    seen = [level for level in levels if level != 1]
    assert all(b - a <= 1 for a, b in pairwise(seen))


def test_値の出典が場所と原文の表記で示される():
    root = parsed(pagesample.report())
    row = next(
        tr
        for tr in root.iterfind(".//table[@class='indicators']/tbody/tr")
        if "33" in [td.text for td in tr]
    )
    entries = [root.get_element_by_id(a.get("href")[1:]).text_content() for a in row.iter("a")]
    assert any("ページ3" in text and "「33人」" in text for text in entries)


def test_場所を知らない報告には出典の欄がない():
    report = Report(projects=(Project(name=Said(text="x"), indicators=(Indicator(),)),))
    root = parsed(report)
    assert "出典" not in [th.text for th in root.iter("th")]
    assert root.find(".//section[@class='kind sources']") is None


def test_場所の書き方():
    assert where(Place(page=3, box=(1, 2, 3, 4))) == "ページ3"
    assert where(Place(sheet="実績", range="C7")) == "シート「実績」C7"
    assert where(Place(table=2, row=3, column=1)) == "表2 3行目 1列目"
    assert where(Place(start=1204, end=1207)) == "1,205文字目"
    assert where(Place(sheet="実績", range="C7"), "en") == "sheet “実績”C7"


def test_何件そろうかが示される():
    text = parsed(pagesample.report()).text_content()
    assert (
        "事業2件、指標7件。目標値と実績値が同じ年度にそろう指標は7件中4件、集計中を含む指標は2件です。"
        in text
    )


def test_計画中の事業は分けて並ぶ():
    root = parsed(pagesample.report())
    kinds = [h2.text for h2 in root.iterfind(".//section[@class='kind']/h2")]
    assert kinds == ["事業の実績", "計画中の事業"]


def test_英語のページは英語で名乗る():
    root = parsed(pagesample.report(), "en")
    assert root.get("lang") == "en"
    assert "Target" in root.text_content()
    assert "目標値" not in [th.text for th in root.iter("th")]


def test_同じ報告はいつどこで作っても同じバイト列になる():
    code = (
        "import hashlib,sys;from sosei.core.codec import loads;from sosei.publishing.forms import docx,html;"
        "r=loads(sys.stdin.read());print(*(hashlib.sha256(f.write(r)).hexdigest() for f in (html,docx)))"
    )
    seen = set()
    for seed, zone in (("0", "UTC"), ("7", "Asia/Tokyo")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C", "USER": seed}
        done = subprocess.run(
            [sys.executable, "-c", code], input=dumps(pagesample.report()), env=env, capture_output=True, text=True, check=True, encoding="utf-8",
        )  # fmt: skip
        seen.add(done.stdout)
    assert len(seen) == 1


def test_人に見せないものの他はすべて運ぶ():
    assert docx.CARRIES == html.CARRIES
    assert set(all_fields() - html.CARRIES) == {
        "Project.id", "Indicator.id", "Body.basis", "Value.sure", "Report.ext", "Project.ext", "Indicator.ext",
    }  # fmt: skip
