"""相手の頁. Organisations and persons that entries are about: who they are, what they were when, who may be the same."""

from __future__ import annotations

from sosei.evidence import models as m


def called(body: str, subject: int) -> str | None:
    """Return what a subject is called, None where there is none of this number."""
    row = m.Subject.objects.filter(body=body, pk=subject, voided__isnull=True).first()
    return row.called() if row else None
