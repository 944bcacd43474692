"""形式. One module per format: bytes to lines and grids with places."""
