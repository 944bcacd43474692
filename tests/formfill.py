"""様式の記入. What a browser would send of a form of a page, as it stands: every field that is filled in, as it is filled in."""

from html.parser import HTMLParser


class _Form(HTMLParser):
    """Reads the forms of a page: for each, the pairs it would send."""

    def __init__(self):
        super().__init__()
        self.forms, self._select, self._words = [], None, None

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "form":
            self.forms.append({"action": said.get("action", ""), "sent": {}})
        elif tag == "input" and self.forms and said.get("name"):
            kind = said.get("type", "text")
            if kind in ("checkbox", "radio") and "checked" not in said:
                return
            if kind not in ("submit", "button", "file"):
                self._put(said["name"], said.get("value") or ("on" if kind == "checkbox" else ""))
        elif tag == "select" and said.get("name"):
            self._select = [said["name"], None]
        elif tag == "option" and self._select:
            if self._select[1] is None or "selected" in said:
                self._select[1] = said.get("value", "")
        elif tag == "textarea" and said.get("name"):
            self._words = [said["name"], ""]

    def handle_endtag(self, tag):
        if tag == "select" and self._select:
            self._put(*self._select)
            self._select = None
        elif tag == "textarea" and self._words:
            self._put(self._words[0], self._words[1].removeprefix("\n"))
            self._words = None

    def handle_data(self, data):
        if self._words:
            self._words[1] += data

    def _put(self, name, value):
        if self.forms:
            self.forms[-1]["sent"].setdefault(name, []).append(value or "")


def filled(response, having: str = "", **typed) -> dict[str, list[str]]:
    """Return what the page's form sends (the one with a field `having`, in the page's main part), with what is `typed` over it."""
    reader = _Form()
    reader.feed(response.content.decode().split("<main", 1)[1])
    form = next(f for f in reader.forms if (having or "csrfmiddlewaretoken") in f["sent"])
    return form["sent"] | {k: v if isinstance(v, list) else [v] for k, v in typed.items()}
