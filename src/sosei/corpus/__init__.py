"""資料集. A corpus: thousands of strangers' files become a few tables with places (docs/manual/corpus.md).

`build.build` is the way in. Nothing is imported here: the processes that read files need none of what writes tables.
"""
