"""Where a push goes: a table ``[targets.NAME]`` of kg.toml, or a URL, with its profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kg.errors import CallError, did_you_mean

_PROFILES = Path(__file__).with_name("profiles.toml")
_LONGEST = 86_400
LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
_OWN_KEYS = frozenset(("url", "profile", "timeout", "compress", "plain_http"))
_SECRET = ("password", "user", "username", "token", "secret", "credentials")


@dataclass(frozen=True)
class Profile:
    """What a kind of triple store can do; ``profiles.toml`` says what each value means."""

    name: str
    proven: bool
    store: str
    query: str
    update: str
    quads: str
    graph: str
    auth: str
    gzip: bool
    chunked: bool
    blank_nodes: bool
    batch: int
    largest_read: int
    copied: int
    normalizer: str
    atomic_put: bool
    graphs: str


@dataclass(frozen=True)
class Target:
    """One triple store.

    Attributes:
        name: its name in kg.toml, or ``target`` for one given by its URL.
        url: of the server, dataset or repository, without a slash at the end.
        profile: what it can do.
        timeout: seconds to wait for the next bytes of an answer.
        compress: pack what is sent.
        plain_http: passwords may go to another machine without TLS.
    """

    name: str
    url: str
    profile: Profile
    timeout: float = 600.0
    compress: bool = False
    plain_http: bool = False

    @property
    def store(self) -> str:
        """URL of the graph store protocol."""
        return self._at(self.profile.store)

    @property
    def query(self) -> str:
        """URL for SPARQL queries."""
        return self._at(self.profile.query)

    @property
    def update(self) -> str:
        """URL for SPARQL updates."""
        return self._at(self.profile.update)

    @property
    def quads(self) -> str:
        """URL that takes N-Quads; empty if there is none."""
        return self._at(self.profile.quads) if self.profile.quads else ""

    @property
    def on_this_machine(self) -> bool:
        """Whether the server is reached over loopback."""
        return urlsplit(self.url).hostname in LOOPBACK

    def _at(self, path: str) -> str:
        return path if path.startswith(("http://", "https://")) else self.url + path


@cache
def profiles() -> dict[str, Profile]:
    """Return the profiles by name."""
    import tomllib

    tables = tomllib.loads(_PROFILES.read_text(encoding="utf-8"))
    return {name: Profile(name, **table) for name, table in tables.items()}


def find_target(
    tables: Mapping[str, Mapping[str, Any]], name: str, profile: str | None = None
) -> Target:
    """Return the target that `name` means.

    Args:
        tables: ``[targets]`` of kg.toml.
        name: of a table there, or a URL.
        profile: instead of the table's, or of ``generic`` for a URL.

    Raises:
        CallError: no such target or profile, a value of the wrong kind, or a secret where none
            may stand.
    """
    if "://" in name:
        return _target("target", {"url": name, "profile": profile or "generic"})
    if name not in tables:
        hint = did_you_mean(name, tables) or "; write [targets.NAME] in kg.toml, or give a URL"
        raise CallError(f"There is no target '{name}'{hint}")
    table = dict(tables[name])
    return _target(name, table | {"profile": profile or table.get("profile", "generic")})


def _target(name: str, table: dict[str, Any]) -> Target:
    url = str(table.get("url", ""))
    _check_url(name, url)
    chosen = profiles().get(str(table["profile"]))
    if chosen is None:
        known = ", ".join(profiles())
        raise CallError(f"There is no profile '{table['profile']}'; there are: {known}")
    own = {key: table[key] for key in ("timeout", "compress", "plain_http") if key in table}
    known_keys = {each.name for each in fields(Profile)} - {"name", "proven"}
    for key in table.keys() - _OWN_KEYS:
        if any(word in key.lower() for word in _SECRET):
            raise CallError(
                f"kg.toml: targets.{name}.{key}: credentials do not belong into files; "
                "docs/push.md names the environment variables"
            )
        if key not in known_keys:
            hint = did_you_mean(key, known_keys | _OWN_KEYS)
            raise CallError(f"kg.toml: there is no setting targets.{name}.{key}{hint}")
    values = {each.name: getattr(chosen, each.name) for each in fields(Profile)}
    for key in known_keys & table.keys():
        values[key] = _of_kind(f"targets.{name}.{key}", table[key], values[key])
    target = Target(name, url.rstrip("/"), Profile(**values))
    for key in own:
        own[key] = _of_kind(f"targets.{name}.{key}", own[key], getattr(target, key))
    target = Target(name, target.url, target.profile, **own)
    _check_values(target)
    return target


def _of_kind(key: str, value: Any, example: Any) -> Any:
    kinds = (int, float) if isinstance(example, float) else (type(example),)
    if not isinstance(value, kinds) or isinstance(value, bool) != isinstance(example, bool):
        words = {bool: "true or false", str: "a text", int: "a whole number", float: "a number"}
        raise CallError(f"kg.toml: {key} is {words[type(example)]}")
    return value


def _check_url(name: str, url: str) -> None:
    try:
        parts = urlsplit(url)
        port_is_one = parts.port != 0
    except ValueError:
        port_is_one = False
    if not port_is_one or not url.isprintable() or " " in url:
        raise CallError(f"The URL of target '{name}' is none; write http://HOST:PORT/PATH")
    if parts.username is not None or parts.password is not None:
        raise CallError(
            f"The URL of target '{name}' holds credentials; take them out, "
            "docs/push.md names the environment variables"
        )
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise CallError(f"target '{name}' needs a url that begins with http:// or https://")
    if parts.query or parts.fragment:
        raise CallError(
            f"The URL of target '{name}' goes on after its path; leave out the part from ? or # on"
        )


def _check_values(target: Target) -> None:
    profile = target.profile
    allowed = {
        "auth": ("none", "basic", "digest", "bearer"),
        "normalizer": ("exact", "values", "virtuoso"),
    }
    for key, values in allowed.items():
        if getattr(profile, key) not in values:
            raise CallError(f"kg.toml: targets.{target.name}.{key} is one of {', '.join(values)}")
    if target.compress and not profile.gzip:
        raise CallError(f"A store of profile '{profile.name}' takes no packed bodies")
    if not 0 < target.timeout <= _LONGEST:  # also where it is no number (nan)
        raise CallError(
            f"kg.toml: targets.{target.name}.timeout is a number of seconds above 0, at most a day"
        )
    for key in ("batch", "largest_read", "copied"):
        if getattr(profile, key) < 0:
            raise CallError(f"kg.toml: targets.{target.name}.{key} is 0 or more")
    for key in ("store", "query", "update", "quads"):
        _check_path(target, key, getattr(profile, key))


def _check_path(target: Target, key: str, path: str) -> None:
    """Check that a path leads to the target's own host, whatever it is joined to."""
    if path.startswith(("http://", "https://")):
        url = path
    elif path and not path.startswith("/"):
        raise CallError(
            f"kg.toml: targets.{target.name}.{key} is a path that begins with /, or a whole URL"
        )
    else:
        url = target.url + path
    _check_url(target.name, url)
    if _host(url) != _host(target.url):
        raise CallError(f"The addresses of target '{target.name}' are on several hosts")


def _host(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port
