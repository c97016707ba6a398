"""The words of a text: tokens, sentences, and what the lexicons know of a word."""
