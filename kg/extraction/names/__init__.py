"""Names of actors, places, bodies and items, and how the reference data is found by them."""
