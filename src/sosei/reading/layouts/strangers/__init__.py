"""他団体の報告書. Tables, forms and lists of any body, each block read by who explains it."""

from sosei.reading.layouts.strangers.document import NAME, read, recognise

__all__ = ["NAME", "read", "recognise"]
