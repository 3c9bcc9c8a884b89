"""Registers as files: reading, checking and grouping rows, and matching them to known residents.

Nothing here writes to the database: `exchange.actions` does."""
