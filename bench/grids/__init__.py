"""格子の正解. PDFs with tables of which every cell is known: one description, many producers; `corpus.py` lists them."""
