"""相手の頁. Organisations and persons that entries are about: who they are, what they were when, who may be the same."""

from __future__ import annotations

from sosei.evidence import models as m


def called(body: str, subject: int) -> str | None:
    """Return what a subject is called, None where there is none of this number."""
    row = m.Subject.objects.filter(body=body, pk=subject, voided__isnull=True).first()
    return row.called() if row else None


def names(body: str, most: int = 500) -> tuple[str, ...]:
    """Return the names of organisations, as suggestions for a field: those that came last, in the order of names."""
    rows = m.Subject.objects.filter(
        body=body, kind="organisation", name__isnull=False, into=None, voided__isnull=True
    )
    found = rows.order_by("-pk").values_list("name", flat=True)[:most]
    return tuple(sorted(name for name in found if name))
