"""Settings, urls, clock, command line: what binds the apps into one installation."""
