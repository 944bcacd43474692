"""根拠. Registers from which KPIs are counted, and how they are counted."""
