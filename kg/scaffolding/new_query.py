"""Start a stored query: the query, a fixture with a row, and a page, each to be filled in."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from kg.errors import CallError
from kg.querying.catalogue import CHECKS, MAX_NAME

_NAME = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)/([a-z0-9]+(?:-[a-z0-9]+)*)")
_QUERY = """\
#+ summary: What does each claim about an event say?
#+ description: >-
#+   One row for each claim. Say here what a row is, and what is left out.
#+ tags: [{group}]
#+ params:
#+   event: {{type: event, description: only this event and those part of it}}
#+ columns: [claim, claim_label, event, event_label]

PREFIX kg: <https://w3id.org/communique/ontology#>

SELECT DISTINCT ?claim ?claim_label ?event ?event_label
WHERE {{
  VALUES ?_event_iri {{ UNDEF }}
  ?claim kg:isAbout ?event ; kg:quoteExact ?claim_label .
  FILTER(!BOUND(?_event_iri) || EXISTS {{ ?event kg:isInEvent ?_event_iri }})
  FILTER NOT EXISTS {{ ?claim kg:isWithdrawn ?claim_withdrawn }}
  ?event kg:isShownAs ?event_label .
}}
ORDER BY ?claim
"""
_FIXTURE = """\
# Records, and the rows that the query gives of them, worked out by hand; kg query --lint {name}
# tells where it gives others.
records:
  - article: {{id: a}}
    events:
      - {{id: troops, type: Deployment, label: troops, from: north-korea, to: russia}}
    claims:
      - {{id: c1, about: troops, aspect: occurrence}}
      - id: taken-back
        about: troops
        aspect: occurrence
        retracted: {{dated: 2024-11-01, reason: misread}}
columns: [claim, event]
cases:
  - about: what {name} finds
    rows:
      - [id:claim/a/c1, id:event/troops]
    absent:
      - {{claim: "id:claim/a/taken-back"}}
"""
_PAGE = """\
# {name}

What does each claim about an event say?

Say here what a row is, what is left out, and show a real answer:

```console
$ kg query {name}
```
"""


def start_query(name: str, folder: Path, taken: Collection[str]) -> list[Path]:
    """Write the three files of the query `name`, GROUP/NAME, below `folder`, and return them.

    Args:
        name: of the query; GROUP is ``own`` unless given.
        folder: the workspace's queries.
        taken: the names of the stored queries there are. A workspace's own comes before one that
            is shipped, so one that has only been started would hide it.

    Raises:
        CallError: the name is none, it is taken, or one of the files is there already.
    """
    match = _NAME.fullmatch(name if "/" in name else f"own/{name}")
    if match is None or len(match[2]) > MAX_NAME:
        raise CallError(f"'{name}' is no name of a query; write GROUP/NAME, as claims/my-question")
    group, plain = match.groups()
    if group == CHECKS:
        raise CallError("queries/checks/ is for what the gate asks; choose another group")
    texts = {".rq": _QUERY, ".yaml": _FIXTURE, ".md": _PAGE}
    files = {folder / group / f"{plain}{ending}": text for ending, text in texts.items()}
    for file in files:
        if file.exists():
            raise CallError(f"{file} exists already")
    if plain in taken:
        raise CallError(
            f"There is a stored query '{plain}' already, which this one would hide; choose another "
            f"name, or begin with a copy of it: kg query --show {plain}"
        )
    for file, text in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.format(group=group, name=plain), encoding="utf-8")
    return list(files)
