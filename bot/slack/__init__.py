"""The Slack app: receives, calls the Bot, renders."""
