"""state.db: conversations, deliveries and briefings that must survive a restart."""
