"""点検. A linter for reports."""
