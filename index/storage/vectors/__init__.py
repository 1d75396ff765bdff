"""Vector indexes derived from the library: Chroma and an exact scan."""
