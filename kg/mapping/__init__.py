"""Record to quads: the record is completed, then the JSON-LD context alone chooses the terms."""
