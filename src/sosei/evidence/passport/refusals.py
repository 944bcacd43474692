"""束の断り. Why a passport cannot be written (E790)."""

from __future__ import annotations

from sosei.evidence.measures.refusals import EvidenceRefusal


class IncompletePassport(EvidenceRefusal):
    """A figure whose measure, or a measure whose register, is not among what is to be bundled."""

    code = "E790"
    ja = "検算の束に足りないものがあります（{n}件）：{missing}。数え方と台帳を確かめてください。"
    en = "The bundle lacks what its figures need ({n}): {missing}. Check the measures and the registers."
