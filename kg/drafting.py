"""Draft records of articles, in a workspace with what it adds, or outside of one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kg.config import workspace_root
from kg.errors import CallError
from kg.vocabulary.shipped import shipped
from kg.workspace import open_workspace

if TYPE_CHECKING:
    from kg.extraction.articles import Drafter
    from kg.records.model import Record


def extract(
    text: str,
    *,
    published: str,
    name: str | None = None,
    title: str | None = None,
) -> Record:
    """Return the draft record of an article, by the rules and the package's reference data.

    Args:
        text: the article.
        published: when it appeared, as EDTF: dates in the text count from that day.
        name: the id of the article; without it, one is made of its date and title.
        title: of the article; without it, its first heading or first words.

    Raises:
        CallError: `text` is no text, or `published` no EDTF date.
    """
    if not isinstance(text, str):
        raise CallError(f"The text of an article is a str, not {type(text).__name__}")
    from kg.extraction.articles import checked_date
    from kg.extraction.pipeline import About

    about = About(checked_date(published, Path("article")), id=name, title=title)
    return drafter(None).extractor.record(text, about)


def drafter(path: str | os.PathLike[str] | None, extractor_name: str = "rules") -> Drafter:
    """Return what drafts records, with what the workspace at `path` or above adds, if any does.

    Args:
        path: a folder in a workspace, or not.
        extractor_name: ``rules``, or ``llm`` for the model that the environment names.

    Raises:
        CallError: the environment names no model.
        EnvironmentFault: the client for models is not installed.
    """
    from kg.extraction.articles import Drafter
    from kg.extraction.pipeline import extractor

    root = workspace_root(path) if path is not None else None
    if root is not None:
        own = open_workspace(root)
        layers = own.layers("ontology"), own.layers("lexicons")
        rules = extractor(*layers, own.config.base)
    else:
        rules = extractor((shipped("ontology"),), (shipped("lexicons"),))
    model = None
    if extractor_name == "llm":
        from kg.extraction.language_model import ModelExtractor, model_from_environment

        model = ModelExtractor(rules, model_from_environment())
    return Drafter(rules, root, model)
