"""読み取りの正しさ. How right tables of PDFs and whole reports are read, ours and others', in one run.

    python bench/accuracy.py [--grids [NAME ...]] [--reports] [--cases ../shared/cases] [--peers sosei pdfplumber]

Grids: PDFs of many producers of which every cell is known (bench/grids, made into build/grids when they are not there).
Per document and reader: pos, the share of gold cells whose text is exactly right in the right row and column; span, of
merged cells that have both spans right as well; prec, of cells found that the gold has; cut, the cells that a page cuts
and how many were found whole; joins, tables or cells joined falsely. Reports: layouts of our own (tests/layouts) and
the reference cases where they are, by the contract's rules, per format: F1, mean F1, rows of which all is right, the
share invented, the share of values marked sure, and how many of these are wrong. Without options both are measured.
Peers come from requirements/bench.txt; what is not installed or not there is named.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
for folder in ("bench", "tests"):
    sys.path.insert(0, str(ROOT / folder))

from grids import corpus, measure  # noqa: E402
from grids.peers import PEERS  # noqa: E402

from layouts import readings, scoring  # noqa: E402

FOLDER = ROOT / "build" / "grids"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--grids", nargs="*", metavar="NAME", help="only the grids (of these documents)"
    )
    parser.add_argument("--reports", action="store_true", help="only the reports")
    parser.add_argument("--cases", type=Path, default=ROOT.parent / "shared" / "cases")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the grids' files are")
    parser.add_argument("--peers", nargs="*", default=list(PEERS))
    parser.add_argument("--details", action="store_true", help="say what was wrong in reports")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    both = options.grids is None and not options.reports
    out: dict[str, Any] = {}
    if both or options.grids is not None:
        out["grids"] = grids(options.folder, options.peers, options.grids or [])
    if both or options.reports:
        out["reports"] = reports(options.cases, details=options.details)
    if options.out:
        options.out.write_text(json.dumps(out, indent=1, ensure_ascii=False) + "\n", "utf-8")


# -- grids -------------------------------------------------------------------------------------------------------------


def grids(folder: Path, peers: list[str], wanted: list[str]) -> dict[str, Any]:
    """Measure every reader on every document; returns the shares."""
    for missing in corpus.write(folder):
        print(f"not made: {missing}")
    files = [path for path in sorted(folder.glob("*.json")) if not wanted or path.stem in wanted]
    sums: dict[tuple[str, str], measure.Score] = defaultdict(measure.Score)
    shares: dict[str, dict[str, Any]] = {}
    print(f"{'':6}{'':12}{'pos':>7}{'span':>7}{'prec':>7}{'cut':>9}{'joins':>6}")
    for path in files:
        gold = json.loads(path.read_text("utf-8"))
        pages = measure.pages_of(path.with_suffix(".pdf"))
        print(f"{path.stem}  {gold['says']}: {len(pages)} pages, {gold['kind']}")
        for peer in list(peers):
            score = _one(peer, path.with_suffix(".pdf"), gold, pages)
            if score is None:
                peers.remove(peer)
                continue
            sums[peer, gold["kind"]].add(score)
            shares.setdefault(path.stem, {})[peer] = {**vars(score), **score.shares()}
            print(_shown("", peer, score), flush=True)
    for kind in (corpus.RULED, corpus.HARD, corpus.NONE):
        print(f"all {kind}")
        for peer in peers:
            if (peer, kind) in sums:
                print(_shown("", peer, sums[peer, kind]))
    return shares


def _one(peer: str, path: Path, gold: dict, pages: list[str]) -> measure.Score | None:
    """A reader's score on a file; None, and a word, where it is not here."""
    try:
        found = list(PEERS[peer](path))
    except (ImportError, AttributeError) as missing:
        print(f"not there: {peer}: {missing}")
        return None
    except Exception as fault:  # a peer that falls has found nothing
        print(f"      {peer:12} {type(fault).__name__}: {fault}")
        found = []
    return measure.score(gold, found, pages)


def _shown(name: str, peer: str, score: measure.Score) -> str:
    shares = score.shares()
    figures = "".join(
        f"{'-':>7}" if shares[key] is None else f"{shares[key]:7.3f}"
        for key in ("pos", "span", "precision")
    )
    return f"{name:6}{peer:12}{figures}{f'{score.joined}/{score.cut}':>9}{score.false_joins:6}"


# -- reports -----------------------------------------------------------------------------------------------------------


def reports(cases: Path, *, details: bool) -> dict[str, Any]:
    """Score our reader on the layouts of our own and on the reference cases, per format."""
    out = {"own": _set("layouts of our own", readings.files(), set(), details)}
    if (cases / "index.tsv").is_file():
        lines = (cases / "index.tsv").read_text("utf-8").splitlines()
        index = [line.split("\t") for line in lines]
        # review sheets print far more money and offices than their gold repeats
        loose = {row[0] for row in index if row[4].startswith("H1")}
        files = sorted(cases.glob("*/input.*"))
        out["cases"] = _set("reference cases", files, loose, details)
    else:
        print(f"not there: {cases}")
    return out


def _set(name: str, files: Iterable[Path], loose: set[str], details: bool) -> dict[str, Any]:
    forms: dict[str, list[scoring.Tally]] = defaultdict(list)
    sure: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    print(f"{name}")
    for path in files:
        said = None if path.is_relative_to(readings.HERE) else readings.raw_text(path)
        tally = readings.scored(path, loose=path.parent.name in loose, said=said)
        forms[path.suffix[1:]].append(tally)
        gold = json.loads(path.with_name("gold.json").read_text("utf-8"))
        *counts, notes = scoring.sureness(gold, readings.report_of(path))
        sure[path.suffix[1:]] = [a + b for a, b in zip(sure[path.suffix[1:]], counts, strict=True)]
        print(f"  {path.parent.name:16}{path.suffix[1:]:5}{_line([tally], counts)}", flush=True)
        for note in (
            (*tally.notes, *(f"sure but wrong: {note}" for note in notes)) if details else ()
        ):
            print(f"      {note}")
    for form in sorted(forms):
        print(f"  all {form:16} {_line(forms[form], sure[form])}")
    return {form: _figures(forms[form], sure[form]) for form in sorted(forms)}


def _figures(tallies: list[scoring.Tally], sure: list[int]) -> dict[str, float]:
    whole = readings.total(tallies)
    _, _, f1, invented = whole.figures()
    mean = sum(tally.figures()[2] for tally in tallies) / len(tallies)
    return {
        "f1": f1,
        "mean_f1": mean,
        "rows": whole.whole / max(1, whole.rows),
        "invented": invented,
        "sure": sure[1] / max(1, sure[0]),
        "sure_wrong": sure[2],
    }


def _line(tallies: list[scoring.Tally], sure: list[int]) -> str:
    said, whole = _figures(tallies, sure), readings.total(tallies)
    return (
        f"F1 {said['f1']:.3f} mean {said['mean_f1']:.3f} rows right {whole.whole}/{whole.rows}"
        f" invented {said['invented']:.3f} sure {sure[1]}/{sure[0]} sure but wrong {sure[2]}"
    )


if __name__ == "__main__":
    main()
