"""問い. The only readers of the book: they return values (dataclasses, Reports), never rows to be written."""
