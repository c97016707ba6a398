"""RDF/XML as it has to be written: a carriage return as a reference, and no sign that XML has not.

A parser of XML makes a line feed of every carriage return that stands for itself (XML 1.0, 2.11),
and stops at most control characters; pyoxigraph writes both as they are.
"""

from __future__ import annotations

import re
from typing import IO

from kg.errors import DataError

_NOT_IN_XML = re.compile(b"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


class XmlStream:
    """Takes XML for `stream`, in blocks that may end anywhere."""

    def __init__(self, stream: IO[bytes]) -> None:
        """Take what is written to."""
        self._stream = stream
        self._last = b""

    def write(self, block: bytes) -> int:
        """Write a block.

        Raises:
            DataError: it holds a sign that XML has not.
        """
        found = _NOT_IN_XML.search(self._last + block)
        if found:
            raise DataError(
                f"RDF/XML cannot hold the sign U+{ord(found[0].decode()):04X} of a literal; "
                "export to .ttl or .nt, which can"
            )
        self._last = (self._last + block)[-2:]
        self._stream.write(block.replace(b"\r", b"&#13;"))
        return len(block)

    def flush(self) -> None:
        """Flush what is written to."""
        self._stream.flush()
