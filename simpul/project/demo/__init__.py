"""The demonstration: an invented Puskesmas, its residents and their histories.

Rule: the same seed, size and day always make the same people; nobody here ever lived.
"""
