"""The situation of an area: indicators, and the names behind every number."""
