"""What a service (`serve`, `run`, `slack`) is watched by: its log, what it counts, whether it can work, and systemd."""
