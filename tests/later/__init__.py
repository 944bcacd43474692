"""あとの版. A made-up room of the book, as a first program has it and as a second one does: for tests of updates."""
