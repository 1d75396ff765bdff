"""Briefings made on schedule and delivered; `dragoman run`."""
