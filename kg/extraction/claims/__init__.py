"""The claims of a sentence: tellings, denials, nominal claims, each with who stands behind it."""
