"""枠. What stands around every page: the office, the way to the other pages, who is signed in and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from sosei.offices.permissions import may
from sosei.offices.queries.standing import (
    OfficeShown,
    Standing,
    office_of,
    only_office,
    standings_of,
)
from sosei.web.desk.saying import lang


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """道. A page in the navigation; `verbs`: who may do one of them sees it (none: everybody); `under`: whose addresses lie below."""

    name: str
    ja: str
    en: str
    verbs: tuple[str, ...] = ()
    under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """行き先. A way as this person sees it."""

    url: str
    ja: str
    en: str
    here: bool


WAYS: Final = (
    Way(name="desk:home", ja="ホーム", en="Home"),
    Way(
        name="desk:volumes",
        ja="報告書",
        en="Reports",
        verbs=("book.see",),
        under=("/entries/", "/indicators/"),
    ),
    Way(name="desk:inquiries", ja="照会", en="Inquiries", verbs=("inquiry.send", "inquiry.answer")),
    Way(name="desk:imports", ja="取込み", en="Imports", verbs=("import.propose",)),
    Way(
        name="desk:registers",
        ja="根拠台帳",
        en="Registers",
        verbs=("register.see",),
        under=("/measures/",),
    ),
    Way(name="desk:privacy", ja="個人情報", en="Personal data", verbs=("privacy.see",)),
    Way(name="desk:signoff", ja="手続", en="Sign-off", verbs=("book.see", "opinion.see")),
    Way(name="desk:editions", ja="公表版", en="Editions", verbs=("book.see", "opinion.see")),
    Way(name="desk:offices", ja="組織", en="Offices", verbs=("book.see", "office.arrange")),
    Way(name="desk:journal", ja="証跡", en="Journal", verbs=("journal.see",)),
)


class Frame:
    """What `desk/base.html` shows; each part is asked for once a request, when a page first shows it."""

    def __init__(self, request: HttpRequest) -> None:
        """Remember the request."""
        self._request = request

    @property
    def person(self) -> Any:
        """Who is signed in, or None."""
        user = getattr(self._request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def office(self) -> OfficeShown | None:
        """Whose desk it is."""
        return office_of(self.person.body) if self.person else only_office()

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """The person's roles today."""
        return standings_of(self.person) if self.person else ()

    @property
    def own(self) -> tuple[Standing, ...]:
        """The roles that are the person's own."""
        return tuple(held for held in self.standings if held.instead is None)

    @property
    def instead(self) -> tuple[Standing, ...]:
        """The roles held in someone's stead: the page says so."""
        return tuple(held for held in self.standings if held.instead is not None)

    @cached_property
    def ways(self) -> tuple[Link, ...]:
        """The pages that exist and that this person may use."""
        if not self.person:
            return ()
        links = (self._link(way) for way in WAYS if _may_one(self.person, way.verbs))
        return tuple(link for link in links if link)

    @property
    def lang(self) -> str:
        """The page's language."""
        return lang()

    def _link(self, way: Way) -> Link | None:
        url = quietly(way.name)
        if url is None:
            return None
        path = self._request.path
        here = path == url or (way.name != "desk:home" and path.startswith((url, *way.under)))
        return Link(url=url, ja=way.ja, en=way.en, here=here)


def _may_one(person: Any, verbs: tuple[str, ...]) -> bool:
    return not verbs or any(may(person, verb) for verb in verbs)


def quietly(name: str, *args: Any) -> str | None:
    """Return the address of a page, or None where there is no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Give every template its frame (a context processor)."""
    kept: Frame | None = getattr(request, "desk_frame", None)
    if kept is None:
        kept = Frame(request)
        request.desk_frame = kept  # type: ignore[attr-defined]
    return {"frame": kept}
