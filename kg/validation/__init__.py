"""The gate: one validation for every way in, and findings that lead to a line of a file."""
