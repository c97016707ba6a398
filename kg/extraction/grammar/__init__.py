"""Verbs and clauses: how the words of one sentence hang together."""
