"""欄の突き合わせ. How the plain fields and the free keys of two parts are walked."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from sosei.ledger.difference.fieldsets import Plain
from sosei.ledger.difference.model import Part
from sosei.ledger.difference.recording import Recorder, Scope
from sosei.ledger.difference.verdicts import UNCHANGED, Verdict
from sosei.ledger.difference.words import escaped

_NO: Final = object()
#: Names by which parts are matched: where one changes, something else told that the two are one.
_NAMES: Final = frozenset({"Project.name", "Indicator.name", "Spending.label"})


def field_of(scope: Scope, name: str) -> Scope:
    """Return the scope of a field: the part's names and place, the field's path."""
    here = None if scope.here is None else f"{scope.here}/{name}"
    there = None if scope.there is None else f"{scope.there}/{name}"
    return Scope(here, there, scope.about, scope.place)


def key_of(scope: Scope, ours: str | None, theirs: str | None) -> Scope:
    """Return the scope of a free key, which may be called otherwise on the other side."""
    return scope.step(
        None if ours is None else escaped(ours), None if theirs is None else escaped(theirs)
    )


def equal(before: Any, after: Any, partial: bool) -> bool:
    """Compare whatever has no spelling."""
    return bool(before == after)


class FieldWalk(Recorder):
    """The part of a walk that looks at plain fields."""

    def weighed(
        self, before: Any, after: Any, same: Callable[[Any, Any, bool], bool] = equal
    ) -> Verdict | None:
        """Return what a field means beside the one that stands; None where neither side says anything."""
        if after is None:
            return None if self.partial or before is None else ("removed", ())
        if before is None:
            return "added", ()
        return UNCHANGED if same(before, after, self.partial) else ("changed", ())

    def plain(
        self, fields: Sequence[Plain], one: Any, other: Any, scope: Scope, part: Part
    ) -> None:
        """Walk the plain fields of two parts."""
        for field in fields:
            before, after = getattr(one, field.attribute), getattr(other, field.attribute)
            if before is None and after is None:
                continue
            verdict = self.weighed(before, after, field.same)
            if verdict is not None:
                if verdict[0] == "changed" and field.field in _NAMES and self.partial:
                    verdict = "changed", ("renamed",)
                at = field_of(scope, field.attribute)
                self.record(at, field.field, part, verdict, (before, after), weight=field.weight)

    def free(
        self,
        one: Mapping[str, Any] | None,
        other: Mapping[str, Any] | None,
        scope: Scope,
        field: str,
        part: Part,
    ) -> None:
        """Walk what anyone may add, key by key, as JSON text."""
        one, other = one or {}, other or {}
        scope = scope.step("ext", "ext")
        for name in [*one, *(name for name in other if name not in one)]:
            before, after = json_of(one.get(name, _NO)), json_of(other.get(name, _NO))
            at = key_of(scope, name if name in one else None, name if name in other else None)
            self.record(at, field, part, self.weighed(before, after), (before, after))


def json_of(thing: Any) -> str | None:
    """Return the JSON text of what stands under a free key, None where nothing does.

    >>> json_of({"b": 1, "a": None})
    '{"a": null, "b": 1}'
    """
    return None if thing is _NO else json.dumps(thing, ensure_ascii=False, sort_keys=True)
