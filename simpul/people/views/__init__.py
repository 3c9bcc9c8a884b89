"""Pages of people: finding, registering, changing, households, entries made twice."""
