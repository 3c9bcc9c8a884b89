"""What is due for whom, kept fresh from the records; nothing here is a source of truth."""
