"""移行. Schema changes in order."""
