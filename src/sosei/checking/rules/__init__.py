"""規則. One rule, one file."""
