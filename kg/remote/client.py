"""An HTTP client that trusts little: limits on answers, no way to another host, no secret told."""

from __future__ import annotations

import base64
import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, Self, TypeVar
from urllib.parse import urljoin, urlsplit

from kg.errors import EnvironmentFault
from kg.remote.credentials import variable

if TYPE_CHECKING:
    import httpx

    from kg.remote.credentials import Authentication

CONNECT_SECONDS = 10.0
MAX_WORDS = 65_536
MAX_REDIRECTS = 3
_BLOCK = 1 << 18
_MAX_RETRY_AFTER = 60.0
_OF_ALL = frozenset((401, 429, 502, 503, 504))
_PASSING = frozenset((408, 425, 429, 500, 502, 503, 504))


class Address(Protocol):
    """Where requests go: a target of pushes, or a SPARQL endpoint."""

    @property
    def name(self) -> str:
        """Its name in kg.toml."""

    @property
    def url(self) -> str:
        """Where it is; no request leaves its scheme, host and port."""

    @property
    def timeout(self) -> float:
        """Seconds to wait for the next bytes of an answer."""


Place = TypeVar("Place", bound=Address)


class Answer(NamedTuple):
    """What a server answers: the status, the headers, and the body in blocks, to be read once."""

    status: int
    headers: Mapping[str, str]
    blocks: Iterator[bytes]


class Failed(EnvironmentFault):
    """A request that did not succeed.

    Attributes:
        status: what the server answered, None where it gave no answer.
        passing: whether the same request may succeed another time.
        retry_after: seconds the server asks to wait.
        said: the beginning of what the server says.
    """

    def __init__(
        self,
        words: str,
        *,
        status: int | None,
        passing: bool,
        retry_after: float = 0.0,
        said: str = "",
    ) -> None:
        """Take a sentence for a person, and what a program should know."""
        super().__init__(words)
        self.said = said
        self.status = status
        self.passing = passing
        self.retry_after = retry_after

    @property
    def concerns_all(self) -> bool:
        """Whether other requests would fare no better: it lies at who asks, or at the store."""
        return self.status is None or self.status // 100 == 3 or self.status in _OF_ALL


class Client(Generic[Place]):
    """Requests to one place, over one connection that is kept."""

    def __init__(self, target: Place, credentials: Authentication) -> None:
        """Prepare requests to `target`; nothing is sent yet.

        Args:
            target: the triple store or the endpoint.
            credentials: what `authentication` makes of them; they go nowhere else.
        """
        import ssl

        import httpx

        from kg.remote.wire import Wire

        self.target = target
        # Reading the machine's certificates takes long; a target without TLS never gets to TLS,
        # for it may not redirect to another scheme.
        plain = urlsplit(target.url).scheme == "http"
        trusted = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if plain else ssl.create_default_context()
        self._http = httpx.Client(
            auth=credentials,
            timeout=httpx.Timeout(target.timeout, connect=min(CONNECT_SECONDS, target.timeout)),
            verify=trusted,
            transport=None if _is_proxied(target) else Wire(trusted),
            follow_redirects=False,
            headers={"User-Agent": "communique", "Accept-Encoding": "identity"},
        )

    def __enter__(self) -> Self:
        """Return the client, to be closed on leaving."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connection."""
        self._http.close()

    def send(
        self,
        method: str,
        url: str,
        *,
        parameters: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes | Iterable[bytes] | None = None,
        limit: int = MAX_WORDS,
        allowed: Iterable[int] = (),
    ) -> tuple[int, bytes]:
        """Send a request and return the status and the answer.

        Args:
            method: GET, PUT, POST or DELETE.
            url: where to.
            parameters: of the URL.
            headers: besides those of every request.
            body: what to send; anything but bytes is read again if it has to be sent again.
            limit: bytes that the answer may have.
            allowed: statuses that are no failure, besides those of success.

        Raises:
            Failed: no answer, an answer that is too large, or a status that says so.
        """
        with self.stream(
            method, url, parameters=parameters, headers=headers, body=body, allowed=allowed
        ) as answer:
            return answer.status, self.whole(answer, limit)

    def whole(self, answer: Answer, limit: int) -> bytes:
        """Return the body of an answer.

        Raises:
            Failed: it has more than `limit` bytes.
        """
        body = bytearray()
        for block in answer.blocks:
            body += block
            if len(body) > limit:
                raise Failed(
                    f"{self.target.url} answers with more than {limit:,} bytes where that cannot "
                    "be",
                    status=None,
                    passing=False,
                )
        return bytes(body)

    @contextlib.contextmanager
    def stream(
        self,
        method: str,
        url: str,
        *,
        parameters: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes | Iterable[bytes] | None = None,
        allowed: Iterable[int] = (),
    ) -> Iterator[Answer]:
        """Send a request and give the answer, its body yet to be read; else as `send`."""
        import httpx

        try:
            for _ in range(MAX_REDIRECTS + 1):
                with self._http.stream(
                    method, url, params=parameters, headers=headers, content=body
                ) as response:
                    if response.is_redirect:
                        url, parameters = self._redirected(method, response), None
                        continue
                    if response.headers.get("content-encoding", "identity") != "identity":
                        raise Failed(
                            f"{self.target.url} packs its answers though it was asked not to",
                            status=None,
                            passing=False,
                        )
                    if not response.is_success and response.status_code not in allowed:
                        raise self._failed(response)
                    yield Answer(response.status_code, response.headers, _blocks(response))
                    return
        except httpx.TransportError as error:
            why = str(error) or type(error).__name__
            raise Failed(
                f"{self.target.url} does not answer as it should: {why}",
                status=None,
                passing=True,
            ) from error
        except httpx.HTTPError as error:
            raise Failed(
                f"{self.target.url} cannot be asked: {error}", status=None, passing=False
            ) from error
        raise Failed(f"{self.target.url} redirects in circles", status=None, passing=False)

    def _redirected(self, method: str, response: httpx.Response) -> str:
        url: str = urljoin(str(response.request.url), response.headers.get("location", ""))
        here, there = urlsplit(str(response.request.url)), urlsplit(url)
        if (here.scheme, here.netloc) != (there.scheme, there.netloc):
            host = re.sub(r"[^\w.:\[\]-]", "?", there.netloc.rpartition("@")[2])
            raise Failed(
                f"{self.target.url} redirects to another address ({there.scheme}://{host}); "
                "that is refused: write the right url in kg.toml",
                status=response.status_code,
                passing=False,
            )
        if method != "GET" and response.status_code not in (307, 308):
            raise Failed(
                f"{self.target.url} redirects a {method}, and what it carries would be lost",
                status=response.status_code,
                passing=False,
            )
        return url

    def _failed(self, response: httpx.Response) -> Failed:
        status, name = response.status_code, self.target.name
        if status in (401, 403):
            known = f"{variable(name, 'USER')} and {variable(name, 'PASSWORD')}"
            why = f"the credentials (401); set {known}"
            if status == 403:
                # Nobody should look for other credentials where there are none that would do.
                why = (
                    "this (403): it may be read-only, or these credentials may not do it; "
                    f"then set {known} to others"
                )
            return Failed(
                f"{self.target.url} refuses {why}, or use netrc",
                status=status,
                passing=False,
            )
        if status == 413:
            return Failed(
                f"{self.target.url} takes no body as large as this (413)",
                status=status,
                passing=False,
            )
        said = _without_secrets(_words(response), response.request)[:300]
        return Failed(
            f"{self.target.url} answers {status}: {said}",
            status=status,
            passing=status in _PASSING,
            retry_after=_seconds(response.headers.get("retry-after", "")),
            said=said,
        )


def _is_proxied(target: Address) -> bool:
    """Whether this machine's settings lead to the target over a proxy, which httpx knows to use."""
    from urllib.request import getproxies, proxy_bypass

    parts = urlsplit(target.url)
    return parts.scheme in getproxies() and not proxy_bypass(parts.hostname or "")


def _blocks(response: httpx.Response) -> Iterator[bytes]:
    """Yield an answer in blocks worth handling; some servers send it a kilobyte at a time."""
    block = bytearray()
    for piece in response.iter_raw():
        block += piece
        if len(block) >= _BLOCK:
            yield bytes(block)
            block.clear()
    yield bytes(block)


def _seconds(header: str) -> float:
    # The other form of Retry-After, a date, is answered with our own pause.
    return min(float(header), _MAX_RETRY_AFTER) if re.fullmatch(r"\d{1,6}", header) else 0.0


def _without_secrets(text: str, request: httpx.Request) -> str:
    """Return what a server says without the credentials of the request, which some repeat."""
    sent = request.headers.get("authorization", "").partition(" ")[2]
    secrets = {sent}
    with contextlib.suppress(ValueError):
        login = base64.b64decode(sent, validate=True).decode("utf-8", "replace")
        secrets |= {login, login.partition(":")[2]}
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, "…")
    return text


def _words(response: httpx.Response) -> str:
    """Return the beginning of an error's text, without the tags that some servers wrap it in."""
    import httpx

    text = bytearray()
    with contextlib.suppress(httpx.HTTPError):
        for block in response.iter_bytes():
            text += block
            if len(text) > MAX_WORDS:
                break
    page = text.decode("utf-8", "replace")
    body = re.sub(r"(?is)<!--.*?-->|<[!?][^<>]*>|<(head|style|script)\b.*?</\1>", " ", page)
    words = " ".join(re.sub(r"</?(?!http)[a-z][^<>]*>", " ", body, flags=re.IGNORECASE).split())
    return words or response.reason_phrase or "no reason given"
