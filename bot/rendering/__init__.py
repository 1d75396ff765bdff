"""Answers and briefings as text, terminal lines, HTML, SVG and Atom."""
