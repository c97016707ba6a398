"""Questions and answers: the catalogue of stored queries, parameters, and result formats."""
