"""An HTTP client whose answers end: after so many bytes, and after so many seconds in all.

A time-out of httpx is one of each read: a server that sends a byte now and then never meets it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import httpx

_PLAIN = ("", "identity")


def bounded_client(seconds: float, most: int) -> httpx.Client:
    """Return a client that reads answers of at most `most` bytes, for at most `seconds` each."""
    return httpx.Client(
        transport=_Bounded(seconds, most),
        # What comes compressed is as large as it likes once it is unpacked.
        headers={"Accept-Encoding": "identity"},
        timeout=seconds,
    )


def in_time(seconds: float, ask: Callable[[], bytes]) -> bytes:
    """Return what `ask` returns, if it does so in time; what it raises is raised here.

    Raises:
        ConnectionError: it took longer.
    """
    answers: list[bytes] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(ask())
        except BaseException as error:
            errors.append(error)

    # Nothing else ends the wait for headers that come a byte at a time; who asks then is left.
    asking = threading.Thread(target=run, daemon=True)
    asking.start()
    asking.join(seconds)
    if asking.is_alive():
        raise ConnectionError(f"no whole answer came in {seconds:g} seconds")
    if errors:
        raise errors[0]
    return answers[0]


class _Bounded(httpx.HTTPTransport):
    """The usual transport, with bodies that end."""

    def __init__(self, seconds: float, most: int) -> None:
        super().__init__()
        self._seconds, self._most = seconds, most

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        ends = time.monotonic() + self._seconds
        response = super().handle_request(request)
        if response.headers.get("Content-Encoding", "").lower() not in _PLAIN:
            response.close()
            raise httpx.DecodingError("it is compressed, unasked", request=request)
        assert isinstance(response.stream, httpx.SyncByteStream)
        response.stream = _Body(response.stream, request, ends, self._most)
        return response


class _Body(httpx.SyncByteStream):
    """A body that is read to its end, its most bytes or its last moment, whichever is first."""

    def __init__(
        self, stream: httpx.SyncByteStream, request: httpx.Request, ends: float, most: int
    ) -> None:
        self._stream, self._request, self._ends, self._left = stream, request, ends, most

    def __iter__(self) -> Iterator[bytes]:
        for block in self._stream:
            self._left -= len(block)
            if self._left < 0:
                raise httpx.DecodingError("it is too large", request=self._request)
            if time.monotonic() > self._ends:
                raise httpx.ReadTimeout("it took too long", request=self._request)
            yield block

    def close(self) -> None:
        self._stream.close()
