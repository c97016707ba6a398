"""Claims that no frame reads: by nouns, figures, lists, and events told of before."""
