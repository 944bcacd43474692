"""台帳を開く命令. `sosei office`: a real body's book with its administrator; `sosei sample`: the fictional city's."""

from __future__ import annotations

from argparse import Namespace
from typing import Final

from sosei.cli import terminal
from sosei.house.sample.build import PASSWORD, Sample
from sosei.house.sample.reports import city
from sosei.house.upgrade import held_ready
from sosei.journal.clock import today
from sosei.offices.actions.founding import Founding, found_office
from sosei.offices.models import Office, Person
from sosei.offices.permissions import held_by, roles

#: Room for the longest role's name, in full-width spaces.
_ROOM: Final = "　" * 9


def office(args: Namespace) -> int:
    """Open the book of a real body; the temporary password is said once and kept nowhere."""
    founding = Founding.of(args.code)
    with held_ready("sosei office"):
        added = found_office(
            founding=founding, login=args.login, name=args.name, planning=args.planning
        )
    terminal.say(f"{founding.name}（{founding.body}）の台帳を開きました。")
    terminal.say(f"  利用者ID      {added.person.login}")
    terminal.say(f"  仮のパスワード  {added.password}")
    terminal.say(
        "最初に入るときに、自分のパスワードに変えてください。「sosei serve」で机を開けます。"
    )
    return 0


def sample(args: Namespace) -> int:
    """Make the fictional city's book where there is none; say who can sign in."""
    with held_ready("sosei sample"):
        if not Office.objects.filter(body=city()["city"]["body"]).exists():
            Sample(today()).build(lambda words: terminal.note(f"  {words}"))
    terminal.say(
        f"見本市（架空）の利用者。パスワードは全員「{PASSWORD}」です（この機械で試すためのものです）。"
    )
    people = Person.objects.filter(body=city()["city"]["body"], is_active=True)
    for role, words in roles().items():
        told = [f"{p.login}（{p.name}）" for p in people if any(h.role == role for h in held_by(p))]
        terminal.say(f"  {words.ja}{_ROOM[len(words.ja) :]}{'、'.join(told)}")
    terminal.say("まず kikaku で入り、ホームの「次にすること」から見てください。")
    return 0
