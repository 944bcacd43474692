"""行い. The only writers of the offices' tables."""
