"""よその表. Rows of a stranger's sheet (pasted, CSV, XLSX) on their way into a register: pure, with every problem said."""
