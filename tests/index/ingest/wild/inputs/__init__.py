"""Feeds, pages and rows as found in the wild, each made by a function `make(folder)`."""
