"""台帳. Grants, projects, indicators, values, verification, inquiries, sign-off, editions.

Writes only in `actions` (keyword-only, `by=`), reads only in `queries`; a `Report` is a view of it (`queries.view`).
"""
