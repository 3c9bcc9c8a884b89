"""Where: province to RT, facilities, and which place each facility covers."""
