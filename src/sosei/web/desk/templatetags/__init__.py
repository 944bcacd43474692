"""雛形の語. What templates may say beyond Django's own words; loaded into every template."""
