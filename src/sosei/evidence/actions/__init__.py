"""根拠の行い. The only writers of registers, entries, subjects, closings, measures."""
