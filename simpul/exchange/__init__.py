"""Door of other systems: one folder for each partner or kind of file."""
