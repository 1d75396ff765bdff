"""The Bot over HTTP: an API, a page, OpenAI's protocol, and what to watch it by. All that knows FastAPI."""
