"""Chat and embedding models, the prompts, and reading what a model replied."""
