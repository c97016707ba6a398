"""SPARQL texts: their tokens, and the guard on those that come from outside the package."""
