"""Which remote endpoint is meant, and how to speak to it: kg.toml, or a URL; secrets apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import SplitResult, urlsplit

from kg.errors import CallError, did_you_mean
from kg.remote.credentials import Credentials, check_signs, variable

AUTHENTICATIONS = ("basic", "digest", "bearer")
METHODS = ("GET", "POST")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_LONGEST = 86_400
_KEYS = ("url", "auth", "method", "timeout")


class Endpoint(NamedTuple):
    """A SPARQL endpoint.

    Attributes:
        name: as in kg.toml; ``endpoint`` where only a URL was given.
        url: where queries go.
        auth: ``basic``, ``digest`` or ``bearer``; None asks without credentials.
        user: for basic and digest.
        secret: the password or the token.
        method: ``GET`` or ``POST`` of a form. Virtuoso hangs on a POST of the bare query.
        timeout: seconds after which an answer that is not there is given up.
    """

    name: str
    url: str
    auth: str | None = None
    user: str = ""
    secret: str = ""
    method: str = "POST"
    timeout: float = 60.0

    @property
    def credentials(self) -> Credentials:
        """What `secret` and `user` are, in the form in which they are sent."""
        if self.auth == "bearer":
            return Credentials(token=self.secret)
        return Credentials(self.user, self.secret)

    def __repr__(self) -> str:
        """Return a text without the secret, for whatever ends up in a log."""
        return f"Endpoint({self.name!r}, {self.url!r}, auth={self.auth!r})"


def find_endpoint(
    tables: Mapping[str, Mapping[str, Any]], name: str, environment: Mapping[str, str]
) -> Endpoint:
    """Return the endpoint that `name` means, with its credentials from the environment.

    ``KG_NAME_TOKEN`` is a bearer token; ``KG_NAME_USER`` and ``KG_NAME_PASSWORD`` go by basic
    authentication unless the table says ``auth = "digest"``. For a URL NAME is ``ENDPOINT``.

    Args:
        tables: ``[endpoints.NAME]`` of kg.toml.
        name: of a table there, or a URL.
        environment: where the secrets are.

    Raises:
        CallError: no such endpoint, a setting of the wrong kind, credentials with a sign that
            cannot be sent, or a password that would travel in plain text.
    """
    if "://" in name:
        table: Mapping[str, Any] = {"url": name}
        name = "endpoint"
    elif name in tables:
        table = tables[name]
    else:
        hint = did_you_mean(name, tables) or "; write [endpoints.NAME] in kg.toml, or give a URL"
        raise CallError(f"There is no endpoint '{name}'{hint}")
    _check(name, table)
    user, password, token = (
        environment.get(variable(name, what), "") for what in ("USER", "PASSWORD", "TOKEN")
    )
    auth = "bearer" if token else table.get("auth", "basic") if user else None
    endpoint = Endpoint(
        name,
        str(table["url"]),
        auth,
        user,
        token or password,
        str(table.get("method", "POST")).upper(),
        float(table.get("timeout", 60)),
    )
    if auth:
        check_signs(f"'{name}'", auth, endpoint.credentials)
    _check_way(endpoint)
    return endpoint


def _check(name: str, table: Mapping[str, Any]) -> None:
    where = f"kg.toml: endpoints.{name}"
    for key in table:
        if key not in _KEYS:
            hint = did_you_mean(key, _KEYS)
            raise CallError(
                f"{where} has no setting '{key}'{hint}; secrets stand in the environment only"
            )
    parts = _split(table.get("url"))
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        raise CallError(f"The endpoint '{name}' needs a url that begins with http:// or https://")
    if parts.username is not None or parts.password is not None:
        raise CallError(
            f"The URL of '{name}' holds credentials; set {variable(name, 'USER')} and …_PASSWORD"
        )
    if table.get("auth", "basic") not in AUTHENTICATIONS:
        raise CallError(f"{where}.auth is one of {', '.join(AUTHENTICATIONS)}")
    if str(table.get("method", "POST")).upper() not in METHODS:
        raise CallError(f"{where}.method is one of {', '.join(METHODS)}")
    timeout = table.get("timeout", 60)
    if isinstance(timeout, bool) or not isinstance(timeout, int | float):
        raise CallError(f"{where}.timeout is a number of seconds above 0")
    if not 0 < timeout <= _LONGEST:  # also where it is no number (nan)
        raise CallError(f"{where}.timeout is a number of seconds above 0, at most a day")


def _split(url: Any) -> SplitResult | None:
    """Return the parts of an address that can be asked, None where it is none."""
    import httpx

    if not isinstance(url, str) or not url.isprintable() or " " in url:
        return None
    try:
        httpx.URL(url)
        parts = urlsplit(url)
        return parts if parts.port != 0 else None
    except (httpx.InvalidURL, ValueError):
        return None


def _check_way(endpoint: Endpoint) -> None:
    parts = urlsplit(endpoint.url)
    plain = parts.scheme == "http" and parts.hostname not in _LOOPBACK
    if plain and endpoint.auth in ("basic", "bearer"):
        raise CallError(
            f"The credentials for '{endpoint.name}' would travel in plain text; use https"
        )
