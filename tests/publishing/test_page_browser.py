"""紙面の検査. The published page in a real browser: accessible, within its width, silent on the network, printable."""

import json
from importlib.resources import files
from pathlib import Path

import pagesample
import pytest

from sosei.core.report import Report
from sosei.publishing.forms import html

CHROMIUM = Path("/usr/bin/chromium")
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser():
    """Debian's chromium."""
    if not CHROMIUM.exists():
        pytest.skip("chromium: /usr/bin/chromium is not on this machine")
    sync_api = pytest.importorskip("playwright.sync_api", reason="chromium: playwright is missing")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The page of the sample city, as a file."""
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_bytes(html.write(pagesample.report()))
    return path


@pytest.fixture
def open_page(browser, published):
    """Open the page at a width and in a colour scheme; whatever is asked for but the file itself is refused."""
    contexts, asked = [], []

    def opened(width=1280, scheme="light", path=published):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, locale="ja-JP"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.route(
            "**/*",
            lambda route: (
                route.continue_() if route.request.url.startswith("file:") else route.abort()
            ),
        )
        page.goto(path.as_uri())
        return page

    opened.asked = asked
    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_利用のしやすさの検査に反するものがない(open_page, scheme, width):
    page = open_page(width, scheme)
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", RULES
    )
    shown = [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found["violations"]]
    assert not shown, json.dumps(shown, ensure_ascii=False, indent=1)
    assert len(found["passes"]) > 20


def test_検査は反するものを見つける(open_page, tmp_path):
    broken = tmp_path / "broken.html"
    text = html.write(pagesample.report()).decode().replace("#1a1a1a", "#cccccc")
    broken.write_text(text, "utf-8")
    page = open_page(path=broken)
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
    found = page.evaluate("() => axe.run(document, {runOnly: ['color-contrast']})")
    assert [v["id"] for v in found["violations"]] == ["color-contrast"]


@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
def test_横にはみ出さない(open_page, width):
    page = open_page(width)
    sizes = page.evaluate(
        "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert sizes[0] <= sizes[1] == width


def test_広い表は自分の枠の中で動く(open_page):
    page = open_page(360)
    region = page.locator(".scroll:has(table.indicators)").first
    assert region.evaluate("e => e.scrollWidth > e.clientWidth")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "() => document.querySelector('.scroll:has(table.indicators)').scrollLeft > 0"
    )


def test_キーボードで本文へ移れる(open_page):
    page = open_page()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "region"


def test_値から出典へ行って戻れる(open_page):
    page = open_page()
    link = page.locator("table.indicators .ref").nth(2)
    number = link.inner_text()
    link.focus()
    page.keyboard.press("Enter")
    entry = page.locator(f"#s{number}")
    assert "ページ3" in entry.inner_text()
    assert page.evaluate("location.hash") == f"#s{number}"
    entry.locator(".back").click()
    assert page.evaluate("location.hash").startswith("#p1-")


def test_目次と出典の行き先がすべてある(open_page):
    page = open_page()
    missing = page.evaluate(
        "() => [...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.hash.slice(1))"
        ".filter(id => !document.getElementById(id))"
    )
    assert missing == []
    doubled = page.evaluate(
        "() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id);"
        " return ids.filter((id, at) => ids.indexOf(id) !== at) }"
    )
    assert doubled == []


def test_どこにも問い合わせない(open_page):
    page = open_page()
    page.wait_for_load_state("networkidle")
    assert open_page.asked
    assert all(url.startswith("file:") for url in open_page.asked)


def test_指し示す所は24ピクセル四方より小さくない(open_page):
    page = open_page(360)
    sizes = page.evaluate(
        "() => [...document.querySelectorAll('.ref, .contents a, .back')]"
        ".map(e => e.getBoundingClientRect()).map(r => Math.min(r.width, r.height))"
    )
    assert sizes
    assert min(sizes) >= 24


def test_図の中で文字が重ならない(open_page):
    page = open_page()
    clashes = page.evaluate("""() => [...document.querySelectorAll('svg[role=img]')].flatMap(svg => {
        const boxes = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBBox()]);
        const over = (a, b) => Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 1
            && Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 4;
        return boxes.flatMap(([s, a], i) => boxes.slice(i + 1).filter(([, b]) => over(a, b)).map(([t]) => [s, t]))
    })""")
    assert clashes == []
    outside = page.evaluate("""() => [...document.querySelectorAll('svg[role=img]')].flatMap(svg =>
        [...svg.querySelectorAll('text')].filter(t => { const b = t.getBBox();
            return b.x < -1 || b.x + b.width > 361 || b.y + b.height > svg.viewBox.baseVal.height + 2 })
        .map(t => t.textContent))""")
    assert outside == []


def test_印刷は用紙の幅に収まる(open_page):
    page = open_page()
    assert page.pdf(format="A4", prefer_css_page_size=True).startswith(b"%PDF-")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 1000})
    assert page.evaluate("document.documentElement.scrollWidth") <= 680


def test_空の報告も読めるページになる(open_page, tmp_path):
    path = tmp_path / "empty.html"
    path.write_bytes(html.write(Report()))
    page = open_page(path=path)
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", RULES
    )
    assert [v["id"] for v in found["violations"]] == []
