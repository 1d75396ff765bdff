"""Files, feeds and pages in, articles out."""
