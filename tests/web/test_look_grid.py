"""表の入力の検査. The grid in a real browser: keys as in Excel, blocks pasted, Japanese conversion left alone, nothing lost on leaving."""

import pytest

import deskroom

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = """<!DOCTYPE html><html lang="ja"><head><title>表</title>
<link rel="stylesheet" href="/static/desk/tokens.css"><link rel="stylesheet" href="/static/desk/base.css">
<link rel="stylesheet" href="/static/desk/forms.css"><link rel="stylesheet" href="/static/desk/parts.css">
<link rel="stylesheet" href="/static/desk/grid.css"><script type="module" src="/static/desk/grid.js"></script></head>
<body><main><h1>実績の入力</h1><form method="get" action="/accounts/login/">
<sosei-grid><div class="scroll is-tall" tabindex="0" role="region" aria-label="実績値"><table class="grid">
<thead><tr><th scope="col">指標</th><th scope="col">目標</th><th scope="col">実績</th><th scope="col">前年</th><th scope="col">状態</th></tr></thead><tbody>
<tr class="is-group"><th scope="rowgroup" colspan="5">移住</th></tr>
%s
</tbody></table></div><div class="grid-line"><p data-grid-count></p><p data-grid-status role="status"></p></div></sosei-grid>
<textarea name="extra" data-grid-extra hidden></textarea>
<button class="button">保存する</button></form></main></body></html>"""
ROW = """<tr><th scope="row">指標{n}</th><td><input class="is-figure" name="a{n}" value="{n}0" aria-label="指標{n} 目標"></td>
<td><input class="is-figure" name="b{n}" aria-label="指標{n} 実績" inputmode="decimal" autocomplete="off"><span class="cell-was">前年 9{n}</span></td><td class="num">9{n}</td>
<td><select name="c{n}" aria-label="指標{n} 状態"><option value="">確定</option><option value="p">速報</option></select></td></tr>"""


@pytest.fixture
def page(desk):
    return grid(desk)


def grid(desk, **more):
    page = desk.page(**more)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=desk.url)
    page.route(
        "**/grid-page",
        lambda route: route.fulfill(
            body=PAGE % "".join(ROW.format(n=n) for n in (1, 2, 3)),
            content_type="text/html; charset=utf-8",
        ),
    )
    page.goto(f"{desk.url}/grid-page")
    page.wait_for_function("() => customElements.get('sosei-grid') !== undefined")
    return page


def at(page):
    return page.evaluate("document.activeElement.name")


def value(page, name):
    return page.locator(f"[name={name}]").input_value()


def paste(page, text, name="b1"):
    page.locator(f"[name={name}]").focus()
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+V")


@pytest.mark.parametrize(("keys", "where"), [
    (["Enter"], "b2"), (["ArrowDown", "ArrowDown"], "b3"), (["ArrowDown", "ArrowDown", "ArrowDown"], "b3"),
    (["Enter", "Shift+Enter"], "b1"), (["ArrowLeft"], "a1"), (["ArrowRight"], "c1"), (["Tab"], "c1"),
    (["ArrowUp"], "b1"),
])  # fmt: skip
def test_矢印とEnterで動く(page, keys, where):
    page.locator("[name=b1]").focus()
    for key in keys:
        page.keyboard.press(key)
    assert at(page) == where
    assert page.url.endswith("/grid-page")


def test_文字の途中の矢印は文字の中を動く(page):
    page.locator("[name=b1]").focus()
    page.keyboard.type("123")
    page.keyboard.press("ArrowLeft")
    assert at(page) == "b1"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert at(page) == "a1"


@pytest.mark.parametrize("how", ["{isComposing: true}", "{keyCode: 229}"])
@pytest.mark.parametrize("key", ["Enter", "ArrowDown", "ArrowLeft"])
def test_変換中のキーには手を出さない(page, how, key):
    page.locator("[name=b1]").focus()
    left_alone = page.evaluate(
        "([key, how]) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
        " {key, bubbles: true, cancelable: true, ...how}))",
        [key, {"isComposing": True} if "Composing" in how else {"keyCode": 229}],
    )
    assert left_alone
    assert at(page) == "b1"


def test_Excelの表をそのまま貼り付ける(page):
    paste(page, "１２０\t速報\r\n1,200千円\t確定\r\n集計中\t\r\n")
    assert [value(page, f"b{n}") for n in (1, 2, 3)] == ["１２０", "1,200千円", "集計中"]
    assert [value(page, f"c{n}") for n in (1, 2, 3)] == ["p", "", ""]
    assert "3行×2列を貼り付けました" in page.locator("[data-grid-status]").inner_text()
    assert page.locator("[data-grid-count]").inner_text() == "4か所を変えました"


def test_引用符と欄の中の改行をほどく(page):
    paste(page, '"うち""新規""\n3人"\t速報\n"5"\t確定\n6" テレビ\t')
    assert value(page, "b1") == 'うち"新規" 3人'
    assert value(page, "b2") == "5"
    assert value(page, "b3") == '6" テレビ'


def test_はみ出した行は合計かどうかを見るために送られる(page):
    paste(page, "1\n2\n3\n合計\t6\n")
    assert value(page, "extra") == "合計\t6"
    assert "はみ出した1行" in page.locator("[data-grid-status]").inner_text()


def test_右にはみ出した欄は貼らないと言う(page):
    paste(page, "1\t速報\t7\t8\n", name="b1")
    assert (
        "右にはみ出した2個の欄は、貼り付けていません"
        in page.locator("[data-grid-status]").inner_text()
    )


def test_貼り付けを一度で取り消せる(page):
    page.locator("[name=b2]").fill("5")
    paste(page, "1\n2\n3\n9\n")
    page.keyboard.press("Control+Z")
    assert [value(page, f"b{n}") for n in (1, 2, 3)] == ["", "5", ""]
    assert value(page, "extra") == ""


def test_一つの値はふつうに貼り付く(page):
    page.locator("[name=b1]").fill("12")
    page.evaluate("navigator.clipboard.writeText('34')")
    page.keyboard.press("Control+V")
    assert value(page, "b1") == "1234"


def test_Escで欄の前の値に戻る(page):
    page.locator("[name=a1]").focus()
    page.keyboard.type("77")
    page.keyboard.press("Escape")
    assert value(page, "a1") == "10"


def test_変えたまま離れるときは確かめる(page):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.locator("[name=b1]").focus()
    page.keyboard.type("5")
    page.close(run_before_unload=True)
    page.wait_for_timeout(300) if not page.is_closed() else None
    assert asked == ["beforeunload"]


def test_保存するときは確かめない(page):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("[name=b1]").fill("5")
    page.get_by_role("button", name="保存する").click()
    page.wait_for_url("**/accounts/login/?*b1=5*")
    assert asked == []


@pytest.mark.parametrize(
    ("width", "scheme"), [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]
)
def test_表は利用しやすい(desk, width, scheme):
    page = grid(desk, width=width, scheme=scheme)
    paste(page, "1\n2\n3\n合計\t6\n")
    deskroom.looked_at(page, f"grid-{width}-{scheme}")
