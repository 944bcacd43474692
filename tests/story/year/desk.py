"""机に向かう人. A person at the desk: pages are read as a browser reads them, their forms are filled and sent, every step is counted.

A form is sent as it stands on the page (hidden fields, what is chosen), with what the person changes in it. So a page
that forgets its token, its stamp or a field is found here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import lxml.html
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from lxml.html import FormElement

BACKEND = "sosei.web.desk.accounts.backend.InService"
#: What a person does: presses a button, takes a file, gives a file. Pages that are only read are counted apart.
KINDS = ("press", "take", "give", "read")


@dataclass
class Tally:
    """数え. How often who did what in which step of the year."""

    step: str = ""
    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    @contextmanager
    def of(self, step: str) -> Iterator[None]:
        """Count what is done inside as this step's."""
        before, self.step = self.step, step
        try:
            yield
        finally:
            self.step = before

    def note(self, role: str, kind: str, times: int = 1) -> None:
        """Count one thing done."""
        self.counts[self.step, role, kind] += times

    def total(self, *kinds: str, step: str | None = None, role: str | None = None) -> int:
        """Return how often something of these kinds was done."""
        return sum(
            n
            for (s, r, k), n in self.counts.items()
            if k in kinds and step in (None, s) and role in (None, r)
        )


class Page:
    """頁. What came back, as a person sees it."""

    def __init__(self, response: Any, url: str) -> None:
        self.response, self.url = response, url
        self.status = response.status_code
        content = response.content.decode() if not response.streaming else ""
        self.doc = lxml.html.document_fromstring(content or "<p></p>", base_url=url)

    @property
    def text(self) -> str:
        """The page's words, runs of white space as one."""
        words = self.doc.xpath("//main//text()[not(ancestor::script or ancestor::style)]")
        return re.sub(r"\s+", " ", " ".join(words)).strip()

    @property
    def title(self) -> str:
        """The heading."""
        found = self.doc.xpath("//h1")
        return re.sub(r"\s+", " ", found[0].text_content()).strip() if found else ""

    def links(self, part: str) -> list[str]:
        """Return the addresses of links that hold some words in the address."""
        return [href for href in self.doc.xpath("//a/@href") if part in href]

    def form(
        self, at: str | None = None, has: str | None = None, where: tuple[str, str] | None = None
    ) -> FormElement:
        """Return the one form that posts, whose address ends so, that has a field, or a hidden field of a value."""
        found = [f for f in self.doc.xpath("//main//form") if f.method.upper() == "POST"]
        if at is not None:
            found = [f for f in found if (f.action or "").split("?")[0].endswith(at)]
        if has is not None:
            found = [f for f in found if has in {e.get("name") for e in f.iter() if e.get("name")}]
        if where is not None:
            found = [f for f in found if f.fields.get(where[0]) == where[1]]
        assert len(found) == 1, (
            f"{self.url}: {len(found)} forms for {at} {has} {where}: {[f.action for f in found]}"
        )
        return found[0]


class Desk:
    """机. One person, signed in."""

    def __init__(self, person: Any, role: str, tally: Tally) -> None:
        self.person, self.role, self.tally = person, role, tally
        self.client = Client(enforce_csrf_checks=True)
        self.client.force_login(person, backend=BACKEND)

    # -- reading ------------------------------------------------------------------------------------------------

    def read(self, name: str, *args: Any, status: int = 200, **query: Any) -> Page:
        """Open a page of the desk by its name."""
        return self.open(reverse(f"desk:{name}", args=args), status=status, **query)

    def open(self, url: str, *, status: int = 200, **query: Any) -> Page:
        """Open a page by its address."""
        self.tally.note(self.role, "read")
        response = self.client.get(url, query or None, follow=True)
        assert response.status_code == status, _why(url, response)
        return Page(response, _last(url, response))

    def take(self, name: str, *args: Any, **query: Any) -> tuple[str, bytes]:
        """Download a file: its name and bytes."""
        return self.fetch(reverse(f"desk:{name}", args=args), **query)

    def fetch(self, url: str, **query: Any) -> tuple[str, bytes]:
        """Download a file by its address."""
        self.tally.note(self.role, "take")
        response = self.client.get(url, query or None)
        assert response.status_code == 200, _why(url, response)
        said = response.headers.get("Content-Disposition", "")
        assert said.startswith("attachment"), f"{url}: no download: {said!r}"
        data = b"".join(response.streaming_content) if response.streaming else response.content
        return _name_in(said), data

    # -- doing --------------------------------------------------------------------------------------------------

    def send(
        self,
        page: Page,
        *,
        at: str | None = None,
        has: str | None = None,
        where: tuple[str, str] | None = None,
        press: tuple[str, str] | None = None,
        refused: int | None = None,
        stays: bool = False,
        files: Mapping[str, list[tuple[str, bytes]]] | None = None,
        **said: Any,
    ) -> Page:
        """Fill a form of a page and send it. `press`: name and value of the button; `refused`: the status of a refusal; `stays`: done without being led on."""
        form = page.form(at, has, where)
        data = _filled(form, {k.rstrip("_"): v for k, v in said.items()})
        if press is not None:
            data.setdefault(press[0], []).append(press[1])
        for name, given in (files or {}).items():
            data[name] = [SimpleUploadedFile(n, content) for n, content in given]
            self.tally.note(self.role, "give", len(given))
        self.tally.note(self.role, "press")
        url = form.action or page.url
        url = page.url.split("?")[0] + url if url.startswith("?") else url
        response = self.client.post(url, data, follow=True)
        wanted = refused or 200
        assert response.status_code == wanted, _why(url, response)
        assert refused or stays or response.redirect_chain, f"not done: {_why(url, response)}"
        return Page(response, _last(url, response))


def _filled(form: FormElement, said: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return what a browser would send of a form, with what the person changed."""
    data: dict[str, list[Any]] = {}
    for name, value in form.form_values():
        data.setdefault(name, []).append(value)
    known = {e.get("name") for e in form.iter() if e.get("name")}
    for name, value in said.items():
        assert name in known, f"{form.action}: no field {name!r}, only {sorted(known)}"
        if value is None:
            data.pop(name, None)
        else:
            data[name] = [str(v) for v in value] if isinstance(value, (list, tuple)) else [str(value)]  # fmt: skip
    return data


def _last(url: str, response: Any) -> str:
    chain = getattr(response, "redirect_chain", None)
    return chain[-1][0] if chain else url


def _name_in(said: str) -> str:
    found = re.search(r"filename\*=utf-8''([^;]+)", said, re.I)
    return unquote(found[1]) if found else re.search(r'filename="([^"]*)"', said)[1]


def _why(url: str, response: Any) -> str:
    body = response.content.decode(errors="replace") if not response.streaming else ""
    try:
        words = " ".join(lxml.html.document_fromstring(body).xpath("//main//text()"))
    except (ValueError, lxml.etree.ParserError):
        words = body
    return f"{url}: {response.status_code} {' '.join(words.split())[:1500]}"
