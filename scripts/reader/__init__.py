"""What `scripts/train_reader.py` trains on, and with."""
