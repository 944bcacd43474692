"""図. Charts as pure functions from figures to SVG."""
