"""The library for agents: tools over the Model Context Protocol. All that knows its SDK."""
