"""机の試験室. The desk in a real browser: a page of a signed-in person, axe over it, its width, its picture.

`SOSEI_SHOTS=/tmp/shots` keeps pictures of every page that is looked at.
"""

import json
import os
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import pytest
from django.test import Client

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
#: Every rule over every node; the nodes that keep a rule are not described, only the rules that are kept are counted.
LOOK = """
async tags => {
    const found = await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']});
    return {passed: found.passes.length, violations: found.violations};
}
"""
BACKEND = "sosei.web.desk.accounts.backend.InService"
PASSWORD = "mihon-desk-2022-abc"


@contextmanager
def chromium():
    """Debian's chromium; skips where there is none. Use it in a module's fixture."""
    if not CHROMIUM.exists():
        pytest.skip("chromium: /usr/bin/chromium is not on this machine")
    sync_api = pytest.importorskip("playwright.sync_api", reason="chromium: playwright is missing")
    was = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright's loop lives in the tests' thread
    try:
        with sync_api.sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
            yield browser
            browser.close()
    finally:
        os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")
        if was is not None:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = was


class Desk:
    """Pages of the desk at one live server. `asked`: every address asked for; `refused`: what the policy refused."""

    def __init__(self, browser, server):
        self.browser, self.url = browser, server.url.replace("127.0.0.1", "localhost")
        self.contexts, self.asked, self.complaints = [], [], []
        self.seats = {}

    def page(self, person=None, *, width=1280, scheme="light", scripts=True, english=False):
        """Return a new page, signed in as somebody."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme,
            locale="ja-JP", java_script_enabled=scripts,
        )  # fmt: skip
        self.contexts.append(context)
        context.add_cookies(self._cookies(person, english))
        page = context.new_page()
        page.on("request", lambda request: self.asked.append(request.url))
        page.on(
            "console",
            lambda message: (
                self.complaints.append(message.text) if message.type == "error" else None
            ),
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def seat(self, person, *, width=1280, scheme="light"):
        """Return somebody's one page in a colour scheme, made as wide as asked: a new page costs more than a look at it."""
        key = (person.pk, scheme)
        if key not in self.seats:
            self.seats[key] = self.page(person, scheme=scheme)
        self.seats[key].set_viewport_size({"width": width, "height": 900})
        return self.seats[key]

    def _cookies(self, person, english):
        cookies = {"django_language": "en"} if english else {}
        if person is not None:
            client = Client()
            client.force_login(person, backend=BACKEND)
            cookies["sessionid"] = client.cookies["sessionid"].value
        return [{"name": k, "value": v, "url": self.url} for k, v in cookies.items()]

    def close(self):
        """Close every page."""
        for context in self.contexts:
            context.close()


def violations(page):
    """Return what axe finds against WCAG 2.2 AA and good practice, as (rule, where)."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
    found = page.evaluate(LOOK, RULES)
    assert found["passed"] > 10
    return [(v["id"], [n["html"][:160] for n in v["nodes"]][:3]) for v in found["violations"]]


def settled(page):
    """Return what axe finds on the page that a press led to: one that goes away under axe is not the page that is meant."""
    gone = pytest.importorskip("playwright.sync_api").Error
    for _ in range(3):
        try:
            return violations(page)
        except gone:
            page.wait_for_load_state()
    return violations(page)


def looked_at(page, name):
    """Check a page as it stands: axe, nothing wider than the window; keep its picture where SOSEI_SHOTS names a folder."""
    page.wait_for_load_state()
    shots = os.environ.get("SOSEI_SHOTS")
    if shots:
        Path(shots).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{shots}/{name}.png", full_page=True)
    found = settled(page)
    assert not found, json.dumps(found, ensure_ascii=False, indent=1)
    wide, window = page.evaluate(
        "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= window, f"{name}: {wide} > {window}"
