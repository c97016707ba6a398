"""A proxy between kg and a triple store that does one thing wrong, at a request of your choice."""

from __future__ import annotations

import contextlib
import http.client
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple, TypeVar

LATE = 0.4
_NOT_PASSED_ON = frozenset(("connection", "transfer-encoding", "content-length", "keep-alive"))


class Answer(NamedTuple):
    """What the store answered."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Handler(BaseHTTPRequestHandler):
    """Carries one request to the store and its answer back, unless it is the chosen one."""

    protocol_version = "HTTP/1.1"
    server: FaultyProxy

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        fault = self.server.next_fault()
        try:
            self.treat(body, fault)
        except OSError:  # the client did not wait
            self.close_connection = True
        finally:
            self.server.done()

    do_PUT = do_POST = do_DELETE = do_GET  # noqa: N815

    def treat(self, body: bytes, fault: str) -> None:
        """Do what becomes of a request; `fault` is empty unless it is the chosen one."""
        (FAULTS[fault] if fault else _carry)(self, body)

    def forward(self, body: bytes) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.store_port, timeout=60)
        headers = {
            name: value
            for name, value in self.headers.items()
            if name.lower() not in _NOT_PASSED_ON
        }
        try:
            connection.request(self.command, self.path, body or None, headers)
            response = connection.getresponse()
            return Answer(response.status, response.getheaders(), response.read())
        finally:
            connection.close()

    def answer(self, given: Answer, *, promised: int | None = None) -> None:
        self.send_response(given.status)
        for name, value in given.headers:
            if name.lower() not in (*_NOT_PASSED_ON, "server", "date"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(given.body) if promised is None else promised))
        self.end_headers()
        self.wfile.write(given.body)

    def hang_up(self) -> None:
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        pass


def _carry(handler: Handler, body: bytes) -> None:
    handler.answer(handler.forward(body))


def _drop_request(handler: Handler, body: bytes) -> None:
    handler.hang_up()


def _drop_answer(handler: Handler, body: bytes) -> None:
    handler.forward(body)
    handler.hang_up()


def _late_request(handler: Handler, body: bytes) -> None:
    """The client gives up, and then the store gets it after all."""
    time.sleep(LATE)
    handler.forward(body)
    handler.hang_up()


def _late_answer(handler: Handler, body: bytes) -> None:
    answer = handler.forward(body)
    time.sleep(LATE)
    handler.answer(answer)


def _half_request(handler: Handler, body: bytes) -> None:
    """Cut after a line, so that nobody can tell."""
    half = body[: len(body) // 2]
    handler.answer(handler.forward(half[: half.rfind(b"\n") + 1]))


def _half_answer(handler: Handler, body: bytes) -> None:
    answer = handler.forward(body)
    half = answer.body[: len(answer.body) // 2]
    handler.answer(answer._replace(body=half), promised=len(answer.body) + 1)
    handler.hang_up()


def _half_answer_unseen(handler: Handler, body: bytes) -> None:
    answer = handler.forward(body)
    half = answer.body[: len(answer.body) // 2]
    handler.answer(answer._replace(body=half[: half.rfind(b"\n") + 1]))


def _twice(handler: Handler, body: bytes) -> None:
    handler.forward(body)
    handler.answer(handler.forward(body))


def _status(status: int, *headers: tuple[str, str]) -> Callable[[Handler, bytes], None]:
    def say(handler: Handler, body: bytes) -> None:
        handler.answer(Answer(status, list(headers), b"injected\n"))

    return say


def _done_but_500(handler: Handler, body: bytes) -> None:
    handler.forward(body)
    handler.answer(Answer(500, [], b"injected\n"))


FAULTS: dict[str, Callable[[Handler, bytes], None]] = {
    "request dropped": _drop_request,
    "answer dropped": _drop_answer,
    "request late": _late_request,
    "answer late": _late_answer,
    "request truncated": _half_request,
    "answer truncated": _half_answer,
    "answer truncated unseen": _half_answer_unseen,
    "request duplicated": _twice,
    "500": _status(500),
    "500 though done": _done_but_500,
    "503 with Retry-After": _status(503, ("Retry-After", "1")),
    "413": _status(413),
    "401": _status(401),
}


class FaultyProxy(ThreadingHTTPServer):
    """Listens on loopback; `fail` chooses the request that goes wrong, and how."""

    daemon_threads = True

    def __init__(self, store_port: int, handler: type[Handler] = Handler) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.store_port = store_port
        self.lock = threading.Condition()
        self.seen = 0
        self.under_way = 0
        self.fault = ""
        self.at = -1
        self.injected = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def fail(self, fault: str = "", at: int = -1) -> None:
        with self.lock:
            self.seen, self.fault, self.at = 0, fault, at

    def next_fault(self) -> str:
        with self.lock:
            number, self.seen = self.seen, self.seen + 1
            self.under_way += 1
            if number == self.at:
                self.injected += 1
                return self.fault
            return ""

    def done(self) -> None:
        with self.lock:
            self.under_way -= 1
            self.lock.notify_all()

    def wait_until_idle(self) -> None:
        """Wait for what is on its way, also for those that nobody waits for any more."""
        with self.lock:
            assert self.lock.wait_for(lambda: self.under_way == 0, timeout=60)

    def handle_error(self, *_: Any) -> None:
        pass


Proxy = TypeVar("Proxy", bound=FaultyProxy)


@contextlib.contextmanager
def running(proxy: Proxy) -> Iterator[Proxy]:
    """Let a proxy listen in a thread of its own."""
    with proxy:
        thread = threading.Thread(target=proxy.serve_forever)
        thread.start()
        yield proxy
        proxy.shutdown()
        thread.join()
