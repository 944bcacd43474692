"""様式. One module per layout family: grids to reports."""
