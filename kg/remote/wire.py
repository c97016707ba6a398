"""httpx over the standard library's HTTP/1.1, for stores that answer a kilobyte at a time.

Reading back a graph is most of what a push does; `http.client` reads small chunks several times
as fast as httpx's own transport. One connection is kept, and nothing is sent by two threads.

A server that writes headers and body apart waits, by Nagle's algorithm, for an acknowledgement
that this side would delay by 40 ms; with small graphs that is most of the time. So it is not
delayed, where the system lets us say so.
"""

from __future__ import annotations

import contextlib
import http.client
import select
import socket
import ssl
from collections.abc import Iterator

import httpx

_BLOCK = 1 << 18
_FOR_US = frozenset((b"host", b"transfer-encoding"))


class Wire(httpx.BaseTransport):
    """A transport for requests to one address; TLS by `context`."""

    def __init__(self, context: ssl.SSLContext) -> None:
        """Take what certificates are checked with; nothing is opened yet."""
        self._context = context
        self._kept: http.client.HTTPConnection | None = None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and return the response, its body yet to be read.

        Raises:
            httpx.TransportError: no connection, or no answer on it.
        """
        connection = self._connection(request)
        with _told_as_httpx_does(request):
            try:
                self._send(connection, request)
                _acknowledge_at_once(connection)
                answer = connection.getresponse()
            except BaseException:
                connection.close()
                raise
        return httpx.Response(
            answer.status,
            headers=answer.getheaders(),
            stream=_Body(answer, connection, self, request),
            request=request,
        )

    def close(self) -> None:
        """Close the connection that is kept."""
        if self._kept:
            self._kept.close()
            self._kept = None

    def keep(self, connection: http.client.HTTPConnection) -> None:
        """Use a connection again whose last answer was read to its end."""
        self.close()
        self._kept = connection

    def _connection(self, request: httpx.Request) -> http.client.HTTPConnection:
        kept, self._kept = self._kept, None
        timeouts = request.extensions.get("timeout", {})
        if kept and kept.sock and not select.select([kept.sock], [], [], 0)[0]:
            kept.sock.settimeout(timeouts.get("read"))
            return kept
        if kept:  # the server has hung up since
            kept.close()
        host, port = request.url.host, request.url.port
        connection: http.client.HTTPConnection
        if request.url.scheme == "https":
            connection = http.client.HTTPSConnection(host, port, context=self._context)
        else:
            connection = http.client.HTTPConnection(host, port)
        connection.timeout = timeouts.get("connect")
        with _told_as_httpx_does(request, httpx.ConnectError):
            connection.connect()
        connection.sock.settimeout(timeouts.get("read"))
        return connection

    def _send(self, connection: http.client.HTTPConnection, request: httpx.Request) -> None:
        target = request.url.raw_path.decode("ascii")
        connection.putrequest(request.method, target, skip_accept_encoding=True)
        for name, value in request.headers.raw:
            if name.lower() not in _FOR_US:
                connection.putheader(name, value)
        chunked = "transfer-encoding" in request.headers
        if chunked:
            connection.putheader("Transfer-Encoding", "chunked")
        connection.endheaders()
        try:
            for block in request.stream:  # type: ignore[union-attr]
                if block:
                    connection.send(b"%x\r\n%s\r\n" % (len(block), block) if chunked else block)
            if chunked:
                connection.send(b"0\r\n\r\n")
        except (BrokenPipeError, ConnectionResetError):
            # The server may have answered and hung up before it read all: with 401 or 413, say.
            return


class _Body(httpx.SyncByteStream):
    """The body of a response, which has to come to the end that was promised."""

    def __init__(
        self,
        answer: http.client.HTTPResponse,
        connection: http.client.HTTPConnection,
        wire: Wire,
        request: httpx.Request,
    ) -> None:
        self._answer = answer
        self._connection = connection
        self._wire = wire
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        with _told_as_httpx_does(self._request):
            _acknowledge_at_once(self._connection)
            while block := self._answer.read(_BLOCK):
                yield block
                _acknowledge_at_once(self._connection)
            if self._answer.length:
                raise http.client.IncompleteRead(b"", self._answer.length)

    def close(self) -> None:
        # What was read to its end closed itself, and the connection stays unless it may not.
        whole = self._answer.isclosed() and not self._answer.length
        if whole and self._connection.sock and not self._answer.will_close:
            self._wire.keep(self._connection)
        else:
            self._answer.close()
            self._connection.close()


def _acknowledge_at_once(connection: http.client.HTTPConnection) -> None:
    """Delay no acknowledgement of what comes next; Linux forgets it soon, so it is said often."""
    if hasattr(socket, "TCP_QUICKACK") and connection.sock:
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)


@contextlib.contextmanager
def _told_as_httpx_does(
    request: httpx.Request, broken: type[httpx.NetworkError] = httpx.ReadError
) -> Iterator[None]:
    """Turn errors of the standard library into those of httpx; `broken` where the network fails."""
    try:
        yield
    except TimeoutError as error:
        raise httpx.ReadTimeout("it took too long", request=request) from error
    except http.client.IncompleteRead as error:
        raise httpx.RemoteProtocolError("the answer ends too early", request=request) from error
    except OSError as error:
        words = error.strerror or str(error) or type(error).__name__
        raise broken(words, request=request) from error
    except http.client.HTTPException as error:
        words = str(error) or type(error).__name__
        raise httpx.RemoteProtocolError(words, request=request) from error
