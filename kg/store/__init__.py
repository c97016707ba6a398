"""The embedded store: generations, locks, canonical quads."""
