"""形. One module per output."""
