"""What requests carry: bytes of graphs that can be read again, packed if the target says so."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from kg.remote.graphs import Body
from kg.remote.targets import Target

_PACKED_AT_ONCE = 64 << 20
_CHUNK = 1 << 16
T = TypeVar("T")


class Again(Generic[T]):
    """Blocks of bytes that can be read again, since a request may have to be sent twice."""

    def __init__(self, sources: Sequence[T], read: Callable[[T], Iterable[bytes]]) -> None:
        """Take what to read, and how one of them is read."""
        self._sources = sources
        self._read = read

    def __iter__(self) -> Iterator[bytes]:
        """Yield the blocks of all."""
        for source in self._sources:
            yield from self._read(source)


def _gzipped(blocks: Iterable[bytes]) -> Iterator[bytes]:
    out = io.BytesIO()
    with gzip.GzipFile("", "wb", 6, out, mtime=0) as packer:
        for block in blocks:
            packer.write(block)
            if out.tell() >= _CHUNK:
                yield out.getvalue()
                out.seek(0)
                out.truncate()
    yield out.getvalue()


def body(target: Target, blocks: Iterable[bytes], size: int) -> Body:
    """Return the body of a request to `target` with `size` bytes."""
    if not target.compress:
        return Body(blocks, size)
    packed = Again([blocks], _gzipped)
    if size > _PACKED_AT_ONCE and target.profile.chunked:
        return Body(packed, None, packed=True)
    whole = b"".join(packed)
    return Body([whole], len(whole), packed=True)
