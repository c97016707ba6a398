"""ontology/NOTICE.csv: each entry of the reference data with its source and licence."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from actors import BODIES
from tables import Row, place_tables, read

OWN = "Apache-2.0"  # facts that anyone may state; the compilation is ours


def notice_file() -> str:
    """Return the content of the file, ordered by id."""
    licences = {row["key"]: row["licence"] or OWN for row in read("sources.csv")}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", "source", "licence"])
    for entry, sources in sorted(_entries()):
        used = sorted({licences.get(source, OWN) for source in sources})
        writer.writerow([entry, " and ".join(sources), " and ".join(used)])
    return out.getvalue()


def _entries() -> Iterator[tuple[str, list[str]]]:
    for row in read("states.csv"):
        yield f"actor/{row['id']}", [row["source"]]
        yield f"place/{row['id']}", [row["source"], "geonames"]
    for row in read("territories.csv"):
        yield f"place/{row['id']}", [row["source"], "geonames"]
    for table in place_tables():
        for row in read(table):
            yield f"place/{row['id']}", _of_place(row)
    for name in (*BODIES, "persons.csv"):
        for row in read(name):
            yield f"actor/{row['id']}", [row["source"]]
    held: Counter[str] = Counter()
    for row in read("offices.csv"):
        held[row["person"]] += 1
        yield f"actor/{row['person']}/office/{held[row['person']]}", [row["source"]]


def _of_place(row: Row) -> list[str]:
    needs = row["geonames"] and row["source"] != "geonames"
    return [row["source"], "geonames"] if needs else [row["source"]]
