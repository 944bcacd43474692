"""手続の流れ. Stages and moves as data: nowhere a dead end, every move of use, locks on both sides of every window."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.ledger import flow
from sosei.ledger.flow import GROUPS, Lock, lock, moves, moves_from, stages
from sosei.offices.permissions import roles, verbs
from sosei.web.desk.stages import TONES, shown

KINDS = ("entry", "volume")
ENTRY, VOLUME = stages("entry"), stages("volume")


@pytest.mark.parametrize("kind", KINDS)
def test_どの段階にも次へ進む道がある(kind) -> None:
    ends = {"entry": "accepted", "volume": "published"}[kind]
    for stage in stages(kind):
        assert ends in _reachable(kind, stage), stage


def _reachable(kind, start) -> set[str]:
    seen, waiting = set(), [start]
    while waiting:
        stage = waiting.pop()
        if stage not in seen:
            seen.add(stage)
            waiting += [
                end for move in moves_from(kind, stage) for end in flow.ends_of(move, stage)
            ]
    return seen


@pytest.mark.parametrize("kind", KINDS)
def test_どの段階も行いも初めから届く(kind) -> None:
    reached = _reachable(kind, stages(kind)[0])
    assert reached == set(stages(kind))
    assert all(move.sources & reached for move in moves(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_行いは知られた権限と役割と段階だけを使う(kind) -> None:
    known = set(stages(kind))
    for move in moves(kind):
        assert move.roles <= verbs()[move.verb].roles
        assert move.roles <= set(roles())
        assert move.sources <= known
        assert all(flow.ends_of(move, stage) <= known for stage in move.sources), move.name
        assert all(flow.ends_of(move, stage) for stage in move.sources), move.name
        assert (move.to is None) == bool(move.takes_back)


@pytest.mark.parametrize("kind", KINDS)
def test_行いは段階を必ず変える(kind) -> None:
    for move in moves(kind):
        assert all(stage not in flow.ends_of(move, stage) for stage in move.sources), move.name


@pytest.mark.parametrize("kind", KINDS)
def test_戻る行いには理由が要り進む行いには要らない(kind) -> None:
    order = {"entry": ("draft", "section", "planning", "accepted"), "volume": VOLUME[:-1]}[kind]
    for move in moves(kind):
        if move.to in order and move.sources <= set(order) and move.name != "forward":
            back = all(order.index(stage) > order.index(move.to) for stage in move.sources)
            assert move.reason == back, move.name


def test_引戻しは提出の前に戻るだけ() -> None:
    recall = flow.move_named("entry", "recall")
    assert flow.ends_of(recall, "section") == {"draft", "returned", "correcting"}
    assert flow.ends_of(recall, "planning") == {"section"}


def test_どの段階にも画面の色と名がある() -> None:
    assert {*ENTRY, *VOLUME} == set(TONES)
    assert all(shown(stage)[1] == flow.stage_name(stage) for stage in TONES)


def test_事業が動くのはとりまとめ中と訂正で開かれた間だけ() -> None:
    free = {(v, o) for v in VOLUME for o in (False, True) if flow.moves_in(v, opened=o)}
    assert free == {("collecting", False), ("collecting", True), ("correcting", True)}


# -- 錠 ----------------------------------------------------------------------------------------------------------------

every = st.fixed_dictionaries(
    {
        "volume": st.sampled_from(VOLUME),
        "entry": st.sampled_from(ENTRY),
        "group": st.sampled_from(GROUPS),
        "opened": st.booleans(),
    }
)


@given(asked=every, planning=st.booleans(), exempt=st.booleans())
def test_錠は必ず理由と期限と解除できる人を言う(asked, planning, exempt) -> None:
    found = lock(**asked, planning=planning, exempt=exempt)
    if found is not None:
        for lang in ("ja", "en"):
            assert all((found.why(lang), found.until(lang), found.who(lang)))
            assert found.until(lang) in found.sentence(lang)
            assert found.who(lang) in found.sentence(lang)


@given(asked=every)
def test_担当課に書けるものは企画課にも書ける(asked) -> None:
    if lock(**asked, planning=False) is None:
        assert lock(**asked, planning=True) is None


@given(asked=every, planning=st.booleans())
def test_解除は錠を増やさず公表後は効かない(asked, planning) -> None:
    free = lock(**asked, planning=planning, exempt=True)
    if asked["volume"] in {"published", "correcting"}:
        assert free == lock(**asked, planning=planning, exempt=False)
    else:
        assert free is None


#: 段階 → (担当課, 企画課) が書けるか。とりまとめ中の報告書。
WINDOWS = {
    "draft": (True, True),
    "returned": (True, True),
    "section": (False, True),
    "planning": (False, True),
    "accepted": (False, True),
}


@pytest.mark.parametrize("stage", WINDOWS)
def test_とりまとめ中の窓の両側(stage) -> None:
    got = tuple(
        lock(volume="collecting", entry=stage, planning=planning) is None
        for planning in (False, True)
    )
    assert got == WINDOWS[stage]


@pytest.mark.parametrize(
    ("volume", "planning_may"),
    [("collecting", True), ("deciding", True), ("decided", False), ("experts", False),
     ("assembly", False), ("published", False)],
)  # fmt: skip
def test_企画課は決裁までだれも決裁後は書けない(volume, planning_may) -> None:
    assert (lock(volume=volume, entry="accepted", planning=True) is None) == planning_may
    assert lock(volume=volume, entry="accepted", planning=False) is not None


def test_決裁後も有識者の意見だけは企画課が書き入れる() -> None:
    for volume in ("decided", "experts", "assembly"):
        assert lock(volume=volume, entry="accepted", planning=True, group="experts") is None
        assert lock(volume=volume, entry="accepted", planning=False, group="experts")
        assert lock(volume=volume, entry="accepted", planning=True, group="value")
    assert lock(volume="published", entry="accepted", planning=True, group="experts")


def test_訂正中は開かれた事業だけが書ける() -> None:
    for planning in (False, True):
        opened = lock(volume="correcting", entry="correcting", planning=planning, opened=True)
        shut = lock(volume="correcting", entry="correcting", planning=planning, opened=False)
        assert opened is None
        assert isinstance(shut, Lock)
        assert shut.cause == "not_opened"


def test_流れの図は文書に描かれている() -> None:
    page = (Path(__file__).parents[2] / "docs/dev/flow.md").read_text("utf-8")
    for kind in KINDS:
        assert flow.drawing(kind) in page
