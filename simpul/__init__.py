"""simpul: who is due for which service, why, and in whose hands."""

__version__ = "0.1.0"
