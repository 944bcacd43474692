"""鎖の点検. Walk the journal of one body: numbers, seals, links, its recorded end, and the anchors outside.

A line whose seal fits was written by this program. Where one does not, or a number is missing, the lines around it
tell whether it was changed, removed or inserted, even where the lines behind were numbered anew.

A line must be sealed with the key in force there: the one that the first line names, until a line hands over to
another; after a key that is lost, only a line of a newer one may follow that says so. What an older key seals afterwards
is a forgery, also where somebody got hold of that key; so a journal that ends with an older key than the newest one here
is named. Lines whose key is not here are passed over, and named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sosei.journal.keyring import LOST, number_after
from sosei.journal.models import Chain, Entry
from sosei.journal.reading import Broken, in_order
from sosei.journal.seal import seal
from sosei.journal.verdict import Anchor, Found, Lines, Named

#: How many lines inserted or removed at one place are still recognised when the rest was numbered anew.
_SHIFT: Final = 20
#: After so many lines in a row that fit nothing, only the plain number is tried.
_PATIENCE: Final = 40
_RECORD: Final = Named("先端の記録", "The record of its end")


@dataclass(frozen=True, slots=True)
class _Sound:
    """The last line whose seal fits, as it is numbered now."""

    seq: int = 0
    seal: str = ""
    at: datetime | None = None


class Walk:
    """歩み. The lines of one body, one after the other; `shift`: how far numbers now differ from those sealed."""

    def __init__(self, keys: Mapping[int, bytes], anchored: Iterable[int] = ()) -> None:
        """Begin before the first line; of the lines `anchored`, the seals are kept."""
        self._keys, self._anchored = keys, frozenset(anchored)
        self._number: int | None = None  # of the key in force
        self.unseen: list[tuple[int, Lines]] = []
        self.lost: set[int] = set()
        self.seals: dict[int, str] = {}
        self.sound, self.last, self.shift = _Sound(), 0, 0
        self.lines = self.fitting = 0
        self.problems: list[tuple[str, Lines]] = []
        self._doubtful: list[int] = []
        self._gap = False

    def take(self, entry: Entry | Broken) -> bool:
        """Look at the next line; True where this program wrote it as it is."""
        seq = entry.key if isinstance(entry, Broken) else entry.seq
        if seq > self.last + 1:
            self.settle(inserted=0)
            self._say("J02", self.last + 1, seq - 1)
            self._gap = True
        self.lines, self.last = self.lines + 1, seq
        shift = None if isinstance(entry, Broken) else self._fitting(entry)
        if isinstance(entry, Broken):
            self._doubtful.append(seq)
        elif self._keyless(entry):
            self._pass(entry)
        elif shift is None:
            self._doubtful.append(seq)
        else:
            self._accept(entry, shift)
        if not isinstance(entry, Broken) and seq - self.shift in self._anchored:
            self.seals[seq - self.shift] = entry.seal
        return shift is not None

    def _keyless(self, entry: Entry) -> bool:
        """Whether the line is of the key in force, or says that this was lost, and neither key is here."""
        if entry.key in self._keys:
            return False
        return self._number in (None, entry.key) or (
            self._number not in self._keys and self._says_lost(entry)
        )

    def _says_lost(self, entry: Entry) -> bool:
        """Whether a newer key says that the one in force was lost."""
        return entry.verb == LOST and self._number is not None and entry.key > self._number

    def _pass(self, entry: Entry) -> None:
        """Go past a line whose key is not here: only its number and its link can be looked at."""
        links = self._gap or bool(self._doubtful) or entry.before == self.sound.seal
        self.settle(inserted=0)
        if not links:
            self._say("J04", entry.seq, entry.seq)
        first = entry.seq
        if self.unseen and (self.unseen[-1][0], self.unseen[-1][1].last) == (entry.key, first - 1):
            first = self.unseen.pop()[1].first
        self.unseen.append((entry.key, Lines(first, entry.seq)))
        self.sound, self._gap = _Sound(entry.seq, entry.seal, entry.at), False
        self._follow(entry)

    def _follow(self, entry: Entry) -> None:
        """Note with which key the next line must be sealed."""
        self._number = number_after(entry)

    def _in_force(self, entry: Entry) -> bytes | None:
        """Return the key that must have sealed a line, None where the one it names was not in force there."""
        in_force = self._number in (None, entry.key) or self._says_lost(entry)
        return self._keys.get(entry.key) if in_force else None

    def outdated(self) -> int | None:
        """Return the number of the key in force at the end where there is a newer one here, else None."""
        newest = max(self._keys, default=0)
        return self._number if self._number is not None and self._number < newest else None

    def _fitting(self, entry: Entry) -> int | None:
        """Return how far the line is numbered from what was sealed, None where no number makes it fit."""
        key = self._in_force(entry)
        if key is None:
            return None
        line, nearby = entry.line(), [self.shift]
        strange = self._doubtful or entry.before != self.sound.seal
        if strange and len(self._doubtful) < _PATIENCE:
            nearby += [self.shift + n for i in range(1, _SHIFT + 1) for n in (i, -i)]
        for shift in nearby:
            if seal(key, {**line, "seq": entry.seq - shift}) == entry.seal:
                return shift
        return None

    def _accept(self, entry: Entry, shift: int) -> None:
        inserted, removed = shift - self.shift, self.shift - shift
        links = self._gap or bool(self._doubtful) or entry.before == self.sound.seal
        self.settle(max(inserted, 0))
        if removed > 0:
            first = entry.seq - self.shift
            self._say("J02", first, first + removed - 1)
        elif not links:
            self._say("J04", entry.seq, entry.seq)
        if self.sound.at and entry.at < self.sound.at:
            self._say("N03", entry.seq, entry.seq)
        self.sound = _Sound(entry.seq, entry.seal, entry.at)
        self.shift, self._gap, self.fitting = shift, False, self.fitting + 1
        self._follow(entry)
        if entry.verb == LOST:
            self.lost.update(entry.facts["lost"])

    def settle(self, inserted: int) -> None:
        """Say of the doubtful lines so far that the last ones were inserted, and the others changed."""
        split = max(len(self._doubtful) - inserted, 0)
        for code, seqs in (("J01", self._doubtful[:split]), ("J03", self._doubtful[split:])):
            if seqs:
                self._say(code, seqs[0], seqs[-1])
        self._doubtful = []

    def _say(self, code: str, first: int, last: int) -> None:
        self.problems.append((code, Lines(first, last)))

    def fits_record(self, chain: Chain) -> bool:
        """Whether the recorded end is the last line that this program wrote, as numbered then or now."""
        numbers = (self.sound.seq, self.sound.seq - self.shift)
        return chain.head == self.sound.seal and chain.seq in numbers


def walk(
    keys: Mapping[int, bytes],
    body: str,
    found: Found,
    anchors: Iterable[Anchor],
    seen: Callable[[Entry, int, bool], None],
) -> bool:
    """Walk a body's journal, giving each line to `seen` with its number as sealed and whether it is sound; False where the keys are another journal's."""
    own = [anchor for anchor in anchors if anchor.body == body]
    steps = Walk(keys, [anchor.seq for anchor in own])
    for entry in in_order(Entry.objects.filter(body=body), "seq"):
        sound = steps.take(entry)
        if not isinstance(entry, Broken):
            seen(entry, entry.seq - steps.shift, sound)
    chain = Chain.objects.filter(body=body).first()
    appended = chain is not None and steps.fits_record(chain)
    steps.settle(inserted=steps.last if appended else 0)
    found.lines += steps.lines
    if steps.lines > 1 and not steps.fitting and not steps.unseen:
        found.note("J08", body=body)
        return False
    for number, lines in steps.unseen:
        found.note("N04" if number in steps.lost else "J09", body=body, key=number, lines=lines)
    outdated = steps.outdated()
    if outdated is not None:
        found.note("J40", body=body, key=outdated, newest=max(keys))
    for code, lines in steps.problems:
        found.note(code, body=body, lines=lines)
    end = (steps.sound.seq if appended else steps.last) - steps.shift
    _recorded(steps, chain, body, found, end)
    _outside(steps, own, body, found, end)
    found.heads.append(Anchor(body=body, seq=steps.last, head=steps.sound.seal, label=""))
    return True


def _recorded(steps: Walk, chain: Chain | None, body: str, found: Found, end: int) -> None:
    """Compare the end with the record of it."""
    if chain is None:
        if steps.lines:
            found.note("J05", body=body, seq=0, last=end)
    elif steps.fits_record(chain):
        return
    elif chain.seq > steps.last:
        _cut(found, body, _RECORD, chain.seq, end)
    elif steps.sound.seq == steps.last:
        found.note("J05", body=body, seq=chain.seq, last=end)


def _outside(steps: Walk, anchors: list[Anchor], body: str, found: Found, end: int) -> None:
    """Compare with what editions and backups say; what they do not reach is not proven."""
    proven, beyond = 0, False
    for anchor in anchors:
        if anchor.seq > end:
            beyond = True
            _cut(found, body, anchor.label, anchor.seq, end)
        elif steps.seals.get(anchor.seq, anchor.head) != anchor.head:
            found.note("J07", body=body, label=anchor.label, seq=anchor.seq)
        else:
            proven = max(proven, anchor.seq)
    if not anchors:
        found.note("N02", body=body)
    elif proven < end and not beyond:
        found.note("N01", body=body, lines=Lines(proven + 1, end))


def _cut(found: Found, body: str, label: object, seq: int, end: int) -> None:
    found.note("J06", body=body, label=label, seq=seq, last=end, missing=Lines(end + 1, seq))
