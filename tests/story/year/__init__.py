"""稽古の一年. The rehearsal of one fiscal year: a fictional city's data, the gold, and the people at their desks."""
