"""知らせる. The text of a reminder, a calendar entry and a mail for an inquiry's due date: to be copied or opened, never sent by the program."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import quote

from sosei.ledger.queries.asked import Board, PartRow
from sosei.offices.workdays import open_days_between
from sosei.publishing.inquiry.days import day_shown
from sosei.web.desk.saying import lang, say

_MAIL: Final = re.compile(r"[^\s@<>（）()]+@[^\s@<>（）()]+\.[^\s@<>（）()]+")
#: Octets of a line of a calendar (RFC 5545 §3.1).
_LINE: Final = 74


def reminder(board: Board, part: PartRow, day: date) -> str:
    """Return the text of a reminder to one department, ready to be copied."""
    left = _left(part)
    when = _when(part.due_on, day)
    return say(
        "{name}　御中\n\n「{title}」（照会番号 {mark}）について、{when}。\n"
        "{left}（{asked}件中）。\n"
        "集計が終わっていない項目は「集計中」とし、判明予定日を書いて返送してください。\n{contact}",
        "To: {name}\n\n“{title}” ({mark}): {when}.\n{left} (of {asked}).\n"
        "Write “集計中” and when it will be known where a figure is still being counted.\n{contact}",
        name=part.name,
        title=board.title,
        mark=part.mark,
        when=when,
        left=left,
        asked=part.asked,
        contact=board.contact,
    ).strip()


def _left(part: PartRow) -> str:
    """Say what is missing: counted as on the board and on the form."""
    if not part.awaited:
        return say(
            "まだ回答のない項目が{n}件あります",
            "{n} items have no answer yet",
            n=part.items["open"],
        )
    return say(
        "まだ回答のない項目が{n}件、集計中または速報の項目が{awaited}件あります",
        "{n} items have no answer yet, {awaited} are being counted or preliminary",
        n=part.items["open"],
        awaited=part.awaited,
    )


def reminders(board: Board, day: date) -> str:
    """Return the reminders to all departments that have not answered, one under the other."""
    line = "\n\n" + "－" * 30 + "\n\n"
    return line.join(reminder(board, part, day) for part in board.owing)


def _when(due: date, day: date) -> str:
    shown = day_shown(due, lang())
    if due < day:
        return say(
            "回答期限の{due}を{n}日過ぎています",
            "it was due on {due}, {n} days ago",
            due=shown, n=(day - due).days,
        )  # fmt: skip
    left = open_days_between(day, due)
    return say(
        "回答期限は{due}（あと{n}開庁日）です",
        "it is due on {due} ({n} working days left)",
        due=shown,
        n=left,
    )


def mail_link(board: Board, part: PartRow, day: date) -> str:
    """Return a mailto address for a reminder; without a receiver where the department's contact names no mail."""
    found = _MAIL.search(part.contact)
    subject = say("【照会】{title}", "[Inquiry] {title}", title=board.title)
    body = reminder(board, part, day).replace("\n", "\r\n")
    return f"mailto:{quote(found[0], safe='@') if found else ''}?subject={quote(subject)}&body={quote(body)}"


def calendar(board: Board, body: str, sent: datetime) -> bytes:
    """Return the due date as a calendar file with a reminder three days before."""
    end = board.due_on + timedelta(days=1)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Sosei//desk//JA",
        "BEGIN:VEVENT",
        f"UID:inquiry-{body}-{board.pk}@sosei",
        f"DTSTAMP:{sent:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{board.due_on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{end:%Y%m%d}",
        f"SUMMARY:{_escaped(say('回答期限：{t}', 'Due: {t}', t=board.title))}",
        f"DESCRIPTION:{_escaped(board.contact)}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:-P3D",
        f"DESCRIPTION:{_escaped(board.title)}",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Break a line where it is longer than a calendar's line may be, never inside a character."""
    out, width = "", 0
    for ch in line:
        octets = len(ch.encode())
        if width + octets > _LINE:
            out, width = out + "\r\n ", 1
        out, width = out + ch, width + octets
    return out
