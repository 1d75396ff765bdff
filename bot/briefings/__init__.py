"""What is new on a beat, as events with cited sentences."""
