"""漏えいの報告. What an office must report of a leak of personal data, to whom, and by when.

Sources: 個人情報の保護に関する法律 第68条; 同施行規則 第43条 (what is reported), 第44条 (when), 第45条 (telling the persons);
個人情報保護委員会 ガイドライン（行政機関等編） (「速やかに」 is three to five days; the day on which it became known is the
first; closed days count, but a final report due on one may come on the next open day). DOMAIN §8.1.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal, get_args
from zoneinfo import ZoneInfo

from sosei.core.fields import Lang
from sosei.offices.workdays import is_open
from sosei.publishing.inquiry.days import day_shown

#: 要配慮個人情報, 財産的被害のおそれ, 不正の目的のおそれ, 条例要配慮個人情報, none of them (a letter sent to the wrong address).
Kind = Literal["sensitive", "property", "wrongful", "ordinance", "plain"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
#: More persons than these are reported whatever was leaked (of private firms: 1,000).
MANY: Final = 100
#: Days, the first being the one on which it became known: of the first report from–to, of the final one, where wrongful.
SOON: Final = (3, 5)
FINAL: Final = 30
WRONGFUL: Final = 60

_JAPAN: Final = ZoneInfo("Asia/Tokyo")
_GROUND: Final[dict[str, tuple[str, str, str]]] = {
    "sensitive": ("要配慮個人情報を含む", "sensitive data are among them", "規則第43条第1号"),
    "property": ("財産的被害のおそれがある", "property may be harmed", "規則第43条第2号"),
    "wrongful": ("不正の目的によるおそれがある", "it may have been done with wrongful purpose", "規則第43条第3号"),
    "many": ("本人の数が100人を超える", "more than 100 persons", "規則第43条第4号"),
    "unknown": ("本人の数が100人を超えるおそれがある（まだ分からない）", "it may be more than 100 persons (not yet known)", "規則第43条第4号"),
    "ordinance": ("条例要配慮個人情報を含む", "data that an ordinance calls sensitive are among them", "規則第43条第5号"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """報告の理由. Why a leak is reported, and by which rule."""

    code: str
    ja: str
    en: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """することと期限. `first`: from when it should be done (None: at once); `by`: the last day; None: without delay."""

    code: Literal["first", "final", "persons", "record"]
    ja: str
    en: str
    source: str
    first: date | None = None
    by: date | None = None

    def sentence(self, lang: Lang = "ja") -> str:
        """Say it."""
        return self.ja if lang == "ja" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class LeakClock:
    """漏えいの期限. `grounds`: none where nothing must be reported; `steps`: what is to be done, in its order."""

    known: date
    grounds: tuple[Ground, ...]
    steps: tuple[Step, ...]

    @property
    def reported(self) -> bool:
        """Whether it must be reported to the commission."""
        return bool(self.grounds)


def leak_clock(found_at: datetime, kind: Kind | Collection[Kind], persons: int | None) -> LeakClock:
    """Return what is to be done about a leak that became known at a moment; `persons`: how many, None: not yet known."""
    kinds = {kind} if isinstance(kind, str) else set(kind)
    unknown = kinds.difference(KINDS)
    if unknown:
        raise ValueError("、".join(sorted(unknown)))
    known = found_at.astimezone(_JAPAN).date()
    codes = [code for code in _GROUND if code in kinds or code == _number(persons)]
    grounds = tuple(Ground(code=c, ja=_GROUND[c][0], en=_GROUND[c][1], source=_GROUND[c][2]) for c in codes)  # fmt: skip
    steps = _steps(known, wrongful="wrongful" in kinds) if grounds else (_RECORD,)
    return LeakClock(known=known, grounds=grounds, steps=steps)


def _number(persons: int | None) -> str | None:
    if persons is None:
        return "unknown"
    return "many" if persons > MANY else None


def _steps(known: date, *, wrongful: bool) -> tuple[Step, ...]:
    first, by = (known + timedelta(days=n - 1) for n in SOON)
    days = WRONGFUL if wrongful else FINAL
    final = _next_open(known + timedelta(days=days - 1))
    return (
        Step(
            code="first", first=first, by=by, source="法第68条第1項、規則第44条第1項",
            ja=f"個人情報保護委員会に、分かっていることを速報してください（おおむね3～5日、{day_shown(by)}まで。閉庁日も数えます）。",
            en=f"Report what is known to the Personal Information Protection Commission (within 3 to 5 days, by {by}; closed days count).",
        ),
        Step(
            code="persons", source="法第68条第2項、規則第45条",
            ja="本人に、状況に応じて速やかに知らせてください。知らせられないときは、公表などで代えます。",
            en="Tell the persons without delay; where that cannot be done, publish it or find another way.",
        ),
        Step(
            code="final", by=final, source="法第68条第1項、規則第44条第2項",
            ja=f"個人情報保護委員会に、すべての事項を確報してください（{days}日以内、{day_shown(final)}まで）。",
            en=f"Make the final report to the commission (within {days} days, by {final}).",
        ),
    )  # fmt: skip


_RECORD: Final = Step(
    code="record", source="規則第43条、法第66条",
    ja="委員会への報告の義務はありません。経過を記録し、再発を防ぐ手立てを取ってください。100人を超えると分かったら、その日から数え直します。",
    en="It need not be reported to the commission. Keep a record and prevent it from happening again. Should it prove to be "
    "more than 100 persons, the days count from then.",
)  # fmt: skip


def _next_open(day: date) -> date:
    while not is_open(day):
        day += timedelta(days=1)
    return day
