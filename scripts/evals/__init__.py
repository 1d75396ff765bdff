"""Measurements over ../shared, one file a subject. Each has run(shared, sample) -> rows of (set, measure, value, floor)."""
