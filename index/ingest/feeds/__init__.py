"""Watched feeds: the list, the watcher, what was seen."""
