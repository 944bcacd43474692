"""核. Values of the field, the report, and what is refused: standard library only."""
