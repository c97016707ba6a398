"""Records: the typed model, the reader that knows every line and column, and the JSON Schema."""
