"""Settings from flags, environment and file; beats and their schedules."""
