"""What the rules mean, for one person on one day: values in, values out, no clock, no I/O."""
