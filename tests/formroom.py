"""公開フォームの見本. Forms over registers of the small office, and what people send there."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bookroom import Town
from evidenceroom import made
from sosei.evidence import models as em
from sosei.evidence.actions.publicforms import open_form
from sosei.evidence.actions.submitting import Received, submit
from sosei.evidence.publicforms import FormSaid
from sosei.evidence.tickets import ticket
from sosei.journal.clock import at, now

DAY = datetime(2022, 6, 1, 3, tzinfo=UTC)
#: A number that passes the check of Individual Numbers; nobody's.
MY_NUMBER = "123456789018"
JOIN = FormSaid(
    slug="kankei", title="関係人口の登録", mode="join", asked=("name", "mail", "prefecture", "age_band"), required=("name", "mail"),
    notice="市の情報を届け、催しを案内し、登録者の数を公表するため", waits=False, published=True,
)  # fmt: skip
POST = FormSaid(slug="needs", title="ニーズの投稿", mode="post", asked=("who", "title"), published=True, waits=True)  # fmt: skip
STAMP = FormSaid(
    slug="stamp-eki", title="駅のスタンプ", mode="stamp", asked=("name", "residence"), notice="周遊を数えるため",
    place="見本駅", published=True,
)  # fmt: skip
TAMAO = {"name": "笹森 珠緒", "mail": "tamao@example.jp", "prefecture": "東京都", "age_band": "30代"}  # fmt: skip


def opened(town: Town, key: str, said: FormSaid, **other: Any) -> em.PublicForm:
    """Make a form over a register of the catalogue, which is made where it is not there."""
    register = em.Register.objects.filter(key=key, voided=None).first() or made(town, key)
    return open_form(by=town.planner, register=register.pk, said=replace(said, **other))


def sent(form: em.PublicForm, said: Mapping[str, str], **more: Any) -> Received:
    """Send what somebody typed, ten seconds after he opened the page."""
    own = more.pop("ticket", None) or ticket(form.pk, form.stamp)
    with at(now() + timedelta(seconds=10)):
        return submit(slug=form.slug, said=said, ticket=own, address=more.pop("address", "192.0.2.1"), **more)  # fmt: skip
