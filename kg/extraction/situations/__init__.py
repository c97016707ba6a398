"""Who and what a clause is about: its roles, sides, places and items."""
