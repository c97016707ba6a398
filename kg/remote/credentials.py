"""Credentials of a triple store: from environment variables or netrc, and from nowhere else."""

from __future__ import annotations

import netrc
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from kg.errors import CallError, EnvironmentFault
from kg.remote.targets import Target

if TYPE_CHECKING:
    import httpx

    Authentication = httpx.Auth | Callable[[httpx.Request], httpx.Request] | None


class Credentials(NamedTuple):
    """A user and a password, or a token; it never shows them."""

    user: str = ""
    password: str = ""
    token: str = ""

    def __repr__(self) -> str:
        """Return a text without secrets, for whatever ends up in a log."""
        return "Credentials(…)"


def variable(target: str, what: str) -> str:
    """Return the environment variable that holds `what` for a target: ``KG_LIVE_PASSWORD``."""
    word = "".join(sign if sign.isalnum() else "_" for sign in target.upper())
    return f"KG_{word}_{what}"


def find_credentials(target: Target, environment: Mapping[str, str]) -> Credentials | None:
    """Return the credentials for `target`, or None.

    ``KG_NAME_TOKEN``, or ``KG_NAME_USER`` with ``KG_NAME_PASSWORD``, win over the entry of the
    host in netrc (``~/.netrc``, or the file that NETRC names).

    Raises:
        CallError: a user without a password, a sign in one that cannot be sent, or they would
            travel in plain text.
        EnvironmentFault: netrc cannot be read.
    """
    found = _from_environment(target.name, environment) or _from_netrc(target, environment)
    if found:
        check_signs(f"target '{target.name}'", target.profile.auth, found)
    if found and not target.plain_http and not target.on_this_machine:
        plain = urlsplit(target.url).scheme == "http"
        if plain and (found.token or target.profile.auth != "digest"):
            raise CallError(
                f"The credentials for target '{target.name}' would travel in plain text; "
                "use https, or say plain_http = true in its table"
            )
    return found


def check_signs(whose: str, kind: str, found: Credentials) -> None:
    """Refuse credentials with a sign that no header can hold; the message never shows them.

    Args:
        whose: they are, as a message names it.
        kind: as for `authentication`.
        found: the credentials.

    Raises:
        CallError: they hold one.
    """
    if not all(sign.isprintable() for word in found for sign in word):
        raise CallError(
            f"The credentials for {whose} hold a line break or another control character; "
            "set them anew without it"
        )
    if not all("!" <= sign <= "~" for sign in found.token):
        raise CallError(
            f"The token for {whose} holds a space or a letter outside ASCII, which no token may"
        )
    if kind == "digest" and not found.token and not found.user.isascii():
        raise CallError(
            f"The user for {whose} holds a letter outside ASCII, which digest authentication "
            'cannot send; use another user, or auth = "basic"'
        )


def authentication(kind: str, found: Credentials | None) -> Authentication:
    """Return how requests authenticate, None where they do not.

    Args:
        kind: ``none``, ``basic``, ``digest`` or ``bearer``; a token is always a bearer's.
        found: the credentials, if there are any.
    """
    import httpx

    if found is None or kind == "none":
        return None
    if found.token:
        return _bearer(found.token)
    if kind == "digest":
        return httpx.DigestAuth(found.user, found.password)
    return httpx.BasicAuth(found.user, found.password)


def _bearer(token: str) -> Callable[[httpx.Request], httpx.Request]:
    """Return what adds a bearer token (RFC 6750) to a request."""

    def add(request: httpx.Request) -> httpx.Request:
        request.headers["Authorization"] = f"Bearer {token}"
        return request

    return add


def _from_environment(name: str, environment: Mapping[str, str]) -> Credentials | None:
    token = environment.get(variable(name, "TOKEN"), "")
    user = environment.get(variable(name, "USER"), "")
    password = environment.get(variable(name, "PASSWORD"))
    if token:
        return Credentials(token=token)
    if not user and password is None:
        return None
    if not user or password is None:
        missing = variable(name, "USER" if not user else "PASSWORD")
        raise CallError(f"{missing} is not set, though its fellow is")
    return Credentials(user, password)


def _from_netrc(target: Target, environment: Mapping[str, str]) -> Credentials | None:
    file = Path(environment.get("NETRC") or Path.home() / ".netrc")
    if not file.is_file():
        return None
    try:
        entry = netrc.netrc(str(file)).authenticators(urlsplit(target.url).hostname or "")
    except (OSError, netrc.NetrcParseError) as error:
        # The error's own text may quote the line it stopped at, and that may be the secret.
        raise EnvironmentFault(f"{file} cannot be read as netrc") from error
    return Credentials(entry[0] or "", entry[2] or "") if entry else None
