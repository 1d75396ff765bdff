"""What the library has on a question, and whether that is enough to answer."""
