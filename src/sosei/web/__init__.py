"""画面. Pages: the desk (officials) and the public site."""
