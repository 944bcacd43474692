"""机の客. A signed-in client of the desk, and the pieces of a page that tests ask about."""

import re

from django.test import Client

from deskroom import BACKEND


def client(person) -> Client:
    """Return a client that is signed in as somebody."""
    made = Client()
    made.force_login(person, backend=BACKEND)
    return made


def text(response) -> str:
    """The page's words, tags and runs of white space taken out."""
    plain = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", plain)
