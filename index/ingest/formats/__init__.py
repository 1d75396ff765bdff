"""One file a format: bytes in, text and metadata out."""
