"""Reads a question: its kind, who is asked about, what it leans on."""
