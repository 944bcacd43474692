"""わたしたちの様式. Report layouts of our own, invented, with what they say written down: see README.md."""
