"""証拠書類の宛先. The pages of documents attached to registers. Included by `urls`, under its name."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, path

from sosei.web.desk.views import documentacts, documents

PATHS: Final[list[URLPattern]] = [
    path("registers/<int:register>/documents/", documents.register_documents, name="register_documents"),
    path("registers/<int:register>/documents/missing/", documents.register_missing, name="register_missing"),
    path("registers/<int:register>/documents/list/", documents.register_document_list, name="register_document_list"),
    path("registers/<int:register>/entries/<int:number>/documents/", documents.entry_documents, name="entry_documents"),
    path("registers/closings/<int:closing>/documents/", documents.closing_documents, name="closing_documents"),
    path("registers/batches/<int:batch>/documents/", documents.batch_documents, name="batch_documents"),
    path("registers/documents/due/", documentacts.documents_due, name="documents_due"),
    path("registers/documents/<int:document>/", documentacts.document_page, name="document"),
    path("registers/documents/<int:document>/file/", documentacts.document_file, name="document_file"),
    path("registers/documents/<int:document>/change/", documentacts.document_change, name="document_change"),
    path("registers/documents/<int:document>/void/", documentacts.document_void, name="document_void"),
    path("registers/documents/<int:document>/erase/", documentacts.document_erase, name="document_erase"),
]  # fmt: skip
