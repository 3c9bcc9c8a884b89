"""The append-only log of facts; the only writer of facts."""
