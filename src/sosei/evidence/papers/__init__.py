"""証拠書類の中身. What documents are, by their bytes; what they must not hold; how their bytes are kept."""
