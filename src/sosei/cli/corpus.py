"""フォルダの中の何千ものファイルを読み、場所つきの表（Parquet）にする。途中で止めても、もう一度実行すれば続きから読む。

Read the files of a folder, thousands of them, into Parquet tables with places. Interrupted, the same command goes on.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Final

from sosei.cli import terminal
from sosei.corpus.build import Built, Count, build
from sosei.corpus.reader import Limits

#: How often (seconds) it is said how far the work is: on a terminal, and where a log is kept.
_OFTEN: Final = (0.2, 10.0)


def configure(parser: argparse.ArgumentParser) -> None:
    """Take DIR, OUT, who reads, and what one file may take."""
    limits = Limits()
    parser.add_argument(
        "folder", metavar="DIR", type=Path, help="読むフォルダ / folder of the documents"
    )
    parser.add_argument(
        "out", metavar="OUT", type=Path, help="表を書き出すフォルダ / folder for the tables"
    )
    parser.add_argument(
        "--workers", metavar="N", type=_number, help="読むプロセスの数（既定は核の数）/ processes"
    )
    parser.add_argument(
        "--seconds", metavar="N", type=_number, default=limits.seconds,
        help=f"一つのファイルのCPU時間の上限（秒、既定 {limits.seconds}）/ processor time for one file",
    )  # fmt: skip
    parser.add_argument(
        "--memory", metavar="MIB", type=_number, default=limits.memory,
        help=f"一つのファイルのメモリーの上限（MiB、既定 {limits.memory}）/ memory for one file",
    )  # fmt: skip
    parser.add_argument(
        "--cluster", metavar="ADDRESS",
        help="動いている Dask の番地（tcp://…:8786）で読む / read on a running Dask",
    )  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Build the tables and sum up."""
    shown = Progress()
    try:
        built = build(
            args.folder, args.out, limits=Limits(args.seconds, args.memory), workers=args.workers,
            cluster=args.cluster, told=shown,
        )  # fmt: skip
    finally:
        shown.clear()
    terminal.say(summed(built, args.out))
    return 0


def _number(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


class Progress:
    """What stands on standard error while it works: files done and left, not read, speed, time left."""

    def __init__(self) -> None:
        """Begin the clock."""
        self._begun = self._said = time.monotonic()
        self._live = sys.stderr.isatty()

    def __call__(self, count: Count) -> None:
        """Say how far it is, if it is time to."""
        now = time.monotonic()
        if count.done < count.total and now - self._said < _OFTEN[0 if self._live else 1]:
            return
        if not self._live and now - self._begun < _OFTEN[1]:
            return
        self._said = now
        line = told(count, now - self._begun)
        if self._live:
            sys.stderr.write(f"\r\033[K{line}")
            sys.stderr.flush()
        else:
            terminal.note(line)

    def clear(self) -> None:
        """Take the line away."""
        if self._live:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()


def told(count: Count, seconds: float) -> str:
    """Return in a line how far it is after some seconds."""
    left = count.total - count.done
    if not left:
        ja, en = "表を書いています", "writing the tables"
        return (
            f"{count.total:,}件　{ja}"
            if terminal.language() == "ja"
            else f"{count.total:,} files, {en}"
        )
    speed = count.done / seconds if seconds else 0.0
    time_left = _clock(left / speed) if speed else "–"
    if terminal.language() == "ja":
        return f"{count.done:,}/{count.total:,}件　残り {left:,}件　読めず {count.refused:,}件　毎秒 {speed:.1f}件　あと {time_left}"
    return f"{count.done:,} of {count.total:,} files, {left:,} left, {count.refused:,} not read, {speed:.1f} a second, {time_left} to go"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


def summed(built: Built, out: Path) -> str:
    """Return what was built in a few lines: files, rows of each table, and why files were not read."""
    count, ja = built.count, terminal.language() == "ja"
    refused = sum(built.codes.values())
    codes = "、".join(f"{code} {many:,}" for code, many in built.codes.items())
    if ja:
        head = f"ファイル {count.total:,}件（変わらず {count.known:,}件、読めず {refused:,}件）"
        why = f"読めなかった理由  {codes}（files.parquet の message にあります）"
    else:
        head = f"{count.total:,} files ({count.known:,} unchanged, {refused:,} not read)"
        why = f"not read  {codes} (files.parquet says why in message_en)"
    tables = [f"  {out / name}.parquet  {rows:,}" for name, rows in built.rows.items()]
    return "\n".join([head, *([why] if codes else []), *tables])
