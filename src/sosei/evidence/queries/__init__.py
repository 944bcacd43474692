"""根拠の問い. The only readers of registers, entries, subjects, closings, measures."""
