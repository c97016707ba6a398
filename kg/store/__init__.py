"""The embedded store: generations, locks, canonical quads, and the guard on query texts."""
