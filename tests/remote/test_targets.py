"""Targets in kg.toml, their profiles, and where credentials come from and where they never go."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.errors import CallError
from kg.remote.credentials import find_credentials
from kg.remote.targets import find_target, profiles


def live(**settings: Any) -> dict[str, dict[str, Any]]:
    return {"live": {"url": "https://triples.example.org", "profile": "virtuoso", **settings}}


def test_a_profile_gives_the_addresses() -> None:
    target = find_target(live(), "live")

    assert target.store == "https://triples.example.org/sparql-graph-crud-auth"
    assert (target.profile.auth, target.profile.atomic_put) == ("digest", False)


def test_a_table_may_say_otherwise() -> None:
    target = find_target(live(store="/other", auth="basic", timeout=5), "live")

    assert target.store == "https://triples.example.org/other"
    assert (target.profile.auth, target.timeout) == ("basic", 5)


def test_a_url_will_do() -> None:
    target = find_target({}, "http://127.0.0.1:7878/", "oxigraph")

    assert (target.store, target.profile.name) == ("http://127.0.0.1:7878/store", "oxigraph")


def test_five_profiles_two_of_them_unproven() -> None:
    assert {name for name, each in profiles().items() if not each.proven} == {"fuseki", "graphdb"}
    assert set(profiles()) == {"generic", "oxigraph", "virtuoso", "fuseki", "graphdb"}


@pytest.mark.parametrize(
    ("tables", "name", "words"),
    [
        (live(), "life", "did you mean 'live'"),
        (live(profile="stardog"), "live", "there are: generic, oxigraph"),
        (live(password="hunter2"), "live", "credentials do not belong"),
        (live(url="https://me:hunter2@example.org"), "live", "holds credentials"),
        (live(url="ftp://example.org"), "live", "begins with http"),
        (live(url="https://example.org/?token=hunter2"), "live", "leave out the part from"),
        (live(url="https://example.org/#hunter2"), "live", "leave out the part from"),
        (live(stor="/x"), "live", "did you mean 'store'"),
        (live(timeout="long"), "live", "a number"),
        *(
            (live(timeout=seconds), "live", "seconds above 0")
            for seconds in (-5, 0, float("nan"), float("inf"), 10**400)
        ),
        *(
            (live(**{key: path}), "live", "begins with /")
            for key in ("store", "query", "update", "quads")
            for path in ("@127.0.0.1:18001/store", ".example.org/store", ":81/store", "store")
        ),
        (live(store="https://me:hunter2@triples.example.org/s"), "live", "holds credentials"),
        (live(store="/store?x=1"), "live", "leave out the part from"),
        (live(store="http://triples.example.org/store"), "live", "several hosts"),
        (live(store="https://triples.example.org:444/store"), "live", "several hosts"),
        (live(store="/sto\nre"), "live", "is none"),
        (live(url="https://triples.example.org:99999"), "live", "is none"),
        (live(url="https://triples.example.org/a b"), "live", "is none"),
        (live(url="https://[::1"), "live", "is none"),
        (live(batch=-1), "live", "0 or more"),
        (live(normalizer="none"), "live", "exact, values, virtuoso"),
        (live(compress=True), "live", "no packed bodies"),
        (live(update="https://elsewhere.example.org/u"), "live", "several hosts"),
    ],
)
def test_mistakes_are_named_and_secrets_are_not(
    tables: dict[str, dict[str, Any]], name: str, words: str
) -> None:
    with pytest.raises(CallError, match=words) as caught:
        find_target(tables, name)
    assert "hunter2" not in str(caught.value)


class TestCredentials:
    def test_from_the_environment(self) -> None:
        found = find_credentials(
            find_target(live(), "live"), {"KG_LIVE_USER": "me", "KG_LIVE_PASSWORD": "hunter2"}
        )

        assert found == ("me", "hunter2", "")
        assert "hunter2" not in repr(found)

    def test_from_netrc(self, tmp_path: Path) -> None:
        (tmp_path / "netrc").write_text("machine triples.example.org login me password hunter2\n")

        found = find_credentials(find_target(live(), "live"), {"NETRC": str(tmp_path / "netrc")})

        assert found == ("me", "hunter2", "")

    def test_none(self, tmp_path: Path) -> None:
        assert find_credentials(find_target(live(), "live"), {"NETRC": str(tmp_path)}) is None

    @pytest.mark.parametrize("secret", ["hunter2\n", "hunter2\r\nX-Other: 1", "hunter2\0"])
    def test_a_line_break_in_one(self, secret: str) -> None:
        with pytest.raises(CallError, match="line break") as caught:
            find_credentials(find_target(live(), "live"), {"KG_LIVE_TOKEN": secret})
        assert "hunter2" not in str(caught.value)

    @pytest.mark.parametrize(
        ("secrets", "words"),
        [
            ({"KG_LIVE_TOKEN": "hünter2"}, "letter outside ASCII, which no token may"),
            ({"KG_LIVE_USER": "ü", "KG_LIVE_PASSWORD": "hunter2"}, "digest authentication cannot"),
        ],
    )
    def test_a_letter_that_cannot_be_sent(self, secrets: dict[str, str], words: str) -> None:
        with pytest.raises(CallError, match=words) as caught:
            find_credentials(find_target(live(), "live"), secrets)
        assert "nter2" not in str(caught.value)

    def test_half_of_them(self) -> None:
        with pytest.raises(CallError, match="KG_LIVE_PASSWORD is not set"):
            find_credentials(find_target(live(), "live"), {"KG_LIVE_USER": "me"})

    def test_a_password_does_not_travel_in_plain_text(self) -> None:
        target = find_target(live(url="http://triples.example.org", auth="basic"), "live")

        with pytest.raises(CallError, match="plain text") as caught:
            find_credentials(target, {"KG_LIVE_USER": "me", "KG_LIVE_PASSWORD": "hunter2"})
        assert "hunter2" not in str(caught.value)
