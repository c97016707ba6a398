"""What a document has said so far, and who or what its pronouns and short names mean."""
