"""問合せ. Reads of the offices' tables; the only readers. They return frozen values, never QuerySets."""
