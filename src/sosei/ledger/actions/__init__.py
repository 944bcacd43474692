"""行い. The only writers of the book: keyword-only functions, `by=` first-class, one transaction, one journal line."""
