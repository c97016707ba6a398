"""Write ontology/record.schema.json anew from the typed model and the schemes."""

from __future__ import annotations

import json

from kg.records.schema import record_schema
from kg.vocabulary.shipped import shipped
from kg.vocabulary.terms import DEFAULT_BASE
from kg.vocabulary.vocabulary import Vocabulary


def main() -> None:
    """Write the file."""
    folder = shipped("ontology")
    schema = record_schema(Vocabulary((folder,), DEFAULT_BASE).terms)
    text = json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True)
    (folder / "record.schema.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
