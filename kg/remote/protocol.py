"""SPARQL 1.1 Protocol: SPARQLWrapper writes the requests, our own client carries them.

SPARQLWrapper's own way out would follow any redirect, with the credentials, and a password for
digest authentication would stay with the whole program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from kg.sparql.guard import check_sent

if TYPE_CHECKING:
    from urllib import request

    from SPARQLWrapper import SPARQLWrapper

RESULTS = "application/sparql-results+json"


class Request(NamedTuple):
    """A request of the protocol, without the credentials."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes | None


def query_request(url: str, text: str, method: str) -> Request:
    """Return the request that asks `text`: JSON for rows and booleans, Turtle for a graph.

    Args:
        url: of the endpoint; what stands behind its ``?`` is asked with every query.
        text: the query.
        method: ``GET`` or ``POST`` of a form.

    Raises:
        CallError: the text is no query, or could do more than read what is there.
    """
    from SPARQLWrapper import JSON, TURTLE

    form = check_sent(text)
    parts = urlsplit(url)
    wrapper = _wrapper(urlunsplit(parts._replace(query="")), text, method)
    wrapper.queryType = form  # what it finds itself, a comment may change
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        wrapper.addParameter(name, value)
    wrapper.setReturnFormat(TURTLE if form in ("CONSTRUCT", "DESCRIBE") else JSON)
    return _written(wrapper._createRequest())


def update_request(url: str, text: str) -> Request:
    """Return the request that runs the update `text` at `url`, as POST of a form."""
    written = _written(_wrapper(url, text, "POST")._createRequest())
    return written._replace(headers=written.headers | {"Accept": f"{RESULTS}, */*"})


def _wrapper(url: str, text: str, method: str) -> SPARQLWrapper:
    import warnings

    from SPARQLWrapper import URLENCODED, SPARQLWrapper

    wrapper = SPARQLWrapper(url)
    wrapper.setMethod(method)
    wrapper.setRequestMethod(URLENCODED)
    with warnings.catch_warnings():
        # What it takes for no query, it says past all who listen.
        warnings.simplefilter("ignore", RuntimeWarning)
        wrapper.setQuery(text)
    return wrapper


def _written(written: request.Request) -> Request:
    wanted = {name: value for name, value in written.header_items() if name != "User-agent"}
    body = written.data if isinstance(written.data, bytes) else None
    return Request(written.get_method(), written.full_url, wanted, body)
