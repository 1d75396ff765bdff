"""What tests share: servers at the network's edge, sample libraries, tables of sentences."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
