"""Our own words, by language."""
