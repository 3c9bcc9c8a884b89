"""Residents and households: who they are and where they live, with history."""
