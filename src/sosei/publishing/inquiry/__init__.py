"""照会の書類. The papers that travel to departments and experts: answer forms, letters, opinion sheets, as bytes."""

from __future__ import annotations

from sosei.publishing.inquiry.workbook import workbook

__all__ = ["workbook"]
