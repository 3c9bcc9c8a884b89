"""Who uses simpul, what each may see (Scope), and who saw whom."""
