"""Communique: claims about military cooperation between states, as a validated knowledge graph.

``kg.open(path)`` opens a workspace; everything else hangs on it. Names are loaded when first
used, so that a command which answers a query does not pay for validation or mapping.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.drafting import extract as extract
    from kg.workspace import Workspace as Workspace
    from kg.workspace import open_workspace as open  # noqa: A004

__version__ = "0.1.0"

_HOMES = {
    "open": ("kg.workspace", "open_workspace"),
    "Workspace": ("kg.workspace", "Workspace"),
    "extract": ("kg.drafting", "extract"),
}

__all__ = ["Workspace", "__version__", "extract", "open"]


def __getattr__(name: str) -> Any:
    """Load a public name from the module it lives in."""
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    import importlib

    module, attribute = _HOMES[name]
    return getattr(importlib.import_module(module), attribute)
