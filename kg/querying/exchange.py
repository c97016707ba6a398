"""One question to an endpoint and what comes back, in time; or in a sentence why nothing did."""

from __future__ import annotations

import threading
from typing import NamedTuple

from kg.errors import CallError, EnvironmentFault
from kg.querying.endpoints import Endpoint
from kg.remote.client import Client, Failed
from kg.remote.credentials import authentication, variable
from kg.remote.protocol import Request, query_request

MAX_BYTES = 1 << 30


class Reply(NamedTuple):
    """What came back.

    Attributes:
        body: as it came.
        kind: its media type, as the server says.
        server: what the server calls itself.
        cut_at: after how many rows the server says it cut them off, None where it does not.
    """

    body: bytes
    kind: str = ""
    server: str = ""
    cut_at: int | None = None


def exchange(endpoint: Endpoint, query: str) -> Reply:
    """Ask in a thread of its own: a server that trickles bytes is given up all the same.

    Raises:
        CallError: the text may not be sent.
        EnvironmentFault: no answer in time.
        Failed: the server refuses, or its answer breaks off.
    """
    request = query_request(endpoint.url, query, endpoint.method)
    outcome: list[Reply | BaseException] = []

    def run() -> None:
        try:
            outcome.append(_speak(endpoint, request))
        except BaseException as error:  # raised again by who waits
            outcome.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(endpoint.timeout)
    if not outcome:
        raise EnvironmentFault(
            f"{endpoint.name} gave no answer within {endpoint.timeout:g} seconds; "
            "ask for less, or raise its timeout in kg.toml"
        )
    answered = outcome.pop()
    if isinstance(answered, Reply):
        return answered
    try:
        raise answered
    finally:
        del answered  # else the fault and this frame hold one another, and the answers before it


def _speak(endpoint: Endpoint, request: Request) -> Reply:
    credentials = authentication(endpoint.auth or "none", endpoint.credentials)
    method, url, headers, body = request
    with (
        Client(endpoint, credentials) as client,
        client.stream(method, url, headers=headers, body=body) as answer,
    ):
        # Virtuoso says so where it cuts rows off.
        cut_at = answer.headers.get("x-sparql-maxrows", "")
        return Reply(
            client.whole(answer, MAX_BYTES),
            answer.headers.get("content-type", ""),
            answer.headers.get("server", ""),
            int(cut_at) if cut_at.isdecimal() and int(cut_at) else None,
        )


def explained(endpoint: Endpoint, failed: Failed) -> EnvironmentFault | CallError:
    """Return the error that tells an analyst what went wrong, and what to do."""
    name, said = endpoint.name, failed.said
    if failed.status in (401, 403):
        return EnvironmentFault(
            f"{name} refuses the credentials; set {variable(name, 'USER')} and "
            f"{variable(name, 'PASSWORD')}, or {variable(name, 'TOKEN')}, and in kg.toml "
            'auth = "digest" where the server wants that'
        )
    if failed.status == 400:
        return CallError(f"{name} refuses the query: {said}")
    if failed.status == 404:
        return EnvironmentFault(f"There is no SPARQL endpoint at {endpoint.url} (404)")
    if failed.status == 414:
        return EnvironmentFault(f'The query is too long for GET; set method = "POST" for {name}')
    if failed.status == 500:
        return EnvironmentFault(f"{name} failed on the query (500): {said}")
    return _broken_off(endpoint, failed.__cause__) or failed


def _broken_off(endpoint: Endpoint, error: BaseException | None) -> EnvironmentFault | None:
    """Return what to say of an answer that did not come, None where `error` is something else."""
    import httpx

    if isinstance(error, httpx.ConnectError):
        return EnvironmentFault(f"{endpoint.url} cannot be reached: {error}")
    if isinstance(error, httpx.TimeoutException):
        return EnvironmentFault(
            f"{endpoint.name} gave no answer within {endpoint.timeout:g} seconds"
        )
    if isinstance(error, httpx.TransportError):
        return EnvironmentFault(f"{endpoint.name} broke off its answer")
    return None
