"""Texts to vectors: the embedded default model and the mean vector of each language."""
