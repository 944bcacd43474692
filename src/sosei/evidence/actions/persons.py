"""人の扱い. All that is done with persons in registers, each by one act: consent, holding, erasing, seeing, exporting."""

from __future__ import annotations

from sosei.evidence.actions.consents import give_consent, hold, hold_person, release, withdraw
from sosei.evidence.actions.contacts import Exported, export_contacts, see_contact
from sosei.evidence.actions.erasing import erase, erase_due

__all__ = [
    "Exported",
    "erase",
    "erase_due",
    "export_contacts",
    "give_consent",
    "hold",
    "hold_person",
    "release",
    "see_contact",
    "withdraw",
]
