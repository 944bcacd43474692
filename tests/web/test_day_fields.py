"""日の欄. A day typed as offices write it is taken; one that could be another day is refused, with how to write it."""

from datetime import UTC, date, datetime

import pytest
from django import forms

from sosei.journal import clock
from sosei.web.desk.forms.fields import choice, day, moment, offer, pick
from sosei.web.desk.forms.inquiries import DueForm
from sosei.web.desk.forms.people import LeaveForm


class Sample(forms.Form):
    """A day and a moment."""

    on = day("日", "Day", required=False)
    at = moment("日時", "Moment", required=False)


@pytest.fixture(autouse=True)
def june():
    with clock.at(datetime(2026, 6, 15, 1, tzinfo=UTC)):
        yield


@pytest.mark.parametrize("text", ["2026-04-03", "2026/4/3", "２０２６年４月３日", "R8.4.3", "令和8年4月3日"])  # fmt: skip
def test_役所の書き方の日を受け取る(text: str) -> None:
    form = Sample({"on": text})
    assert form.is_valid()
    assert form.cleaned_data["on"] == date(2026, 4, 3)
    assert 'value="2026-04-03"' in str(form["on"])


@pytest.mark.parametrize("text", ["03/04/2026", "04/03/26", "8.4.3", "2026-02-30", "来週"])
def test_月が先の日は推し量らず書き方を示す(text: str) -> None:
    form = Sample({"on": text})
    assert not form.is_valid()
    assert "令和8年4月3日" in form.errors["on"][0]
    assert text in str(form["on"])


@pytest.mark.parametrize("text", ["0026-04-03", "1026-04-03", "2206-04-03"])
def test_打ち間違いらしい年は断る(text: str) -> None:
    form = Sample({"on": text})
    assert not form.is_valid()
    assert "年を確かめてください" in form.errors["on"][0]


@pytest.mark.parametrize("text", ["2026-04-03T17:15", "2026-04-03T17:15:00", "R8.4.3 17:15", "令和8年4月3日　17時15分"])  # fmt: skip
def test_日時も同じ書き方で役所の時計による(text: str) -> None:
    form = Sample({"at": text})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["at"].astimezone(UTC) == datetime(2026, 4, 3, 8, 15, tzinfo=UTC)


@pytest.mark.parametrize("text", ["04/03/2026 17:15", "2026-04-03", "2026-04-03 25:00", "2026-04-03 12:60"])  # fmt: skip
def test_日時でないものは断る(text: str) -> None:
    form = Sample({"at": text})
    assert not form.is_valid()
    assert "17:15" in form.errors["at"][0]


@pytest.mark.parametrize(("kind", "name"), [(DueForm, "due_on"), (LeaveForm, "on")])
def test_どの画面の日も同じ欄(kind: type[forms.Form], name: str) -> None:
    assert kind({name: "R8.7.1"}).is_valid()
    assert not kind({name: "07/01/2026"}).is_valid()


def test_選ぶものを渡し忘れた欄は黙って断らない() -> None:
    class Forgotten(forms.Form):
        one = pick("課", "Department")
        two = choice("課", "Department")

    with pytest.raises(LookupError, match="offer"):
        Forgotten({"one": "1"}).is_valid()
    given = Forgotten({"one": "1"})
    offer(given, "one", [(1, "企画課")])
    offer(given, "two", [])
    assert given.is_valid()
    assert given.cleaned_data["one"] == 1
