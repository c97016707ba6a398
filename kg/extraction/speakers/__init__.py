"""Who says it: voices, statements and sources within a sentence."""
