"""規則. One file, one rule: what it looks for, why, and on what ground."""
