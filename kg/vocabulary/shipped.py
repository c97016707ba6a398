"""Where the files of the package are: inside a wheel, or beside an editable checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def shipped(name: str) -> Path:
    """Return the folder `name`: ``ontology``, ``lexicons``, ``shapes``, ``queries``, ``examples``.

    A wheel carries the folders under ``kg/shipped``; an editable install does not, and there
    they are the top-level folders of the checkout.

    Raises:
        FileNotFoundError: neither place has it, so the installation is broken.
    """
    for folder in (_PACKAGE / "shipped" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the installation lacks its folder '{name}'")
