"""Each sentence of an answer against what it cites."""
