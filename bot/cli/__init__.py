"""The terminal: parse, call the Bot, render."""
