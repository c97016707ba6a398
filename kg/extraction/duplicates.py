"""Near-duplicates: the same wire story in several outlets, found by what their texts share.

Each text is reduced to its smallest hashes of eight words in a row (a bottom-k sketch: Broder, "On
the resemblance and containment of documents", 1997). Two texts that share half of them are one.
"""

from __future__ import annotations

import hashlib
import heapq
from collections import Counter, defaultdict
from dataclasses import dataclass, field

SHINGLE = 8
SKETCH = 32
ALIKE = 0.5

Sketch = tuple[int, ...]


def sketch(text: str) -> Sketch:
    """Return the sketch of a text; capitals, marks and white space do not count."""
    words = [
        word if word.isalnum() else "".join(filter(str.isalnum, word))
        for word in text.lower().split()
    ]
    words = [word for word in words if word]
    shingles = {" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}
    smallest = heapq.nsmallest(SKETCH, {_digest(shingle) for shingle in shingles})
    return tuple(int.from_bytes(digest, "big") for digest in smallest)


def _digest(words: str) -> bytes:
    return hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest()


@dataclass
class Origins:
    """The texts seen so far, as they were published; the first of several alike is the origin."""

    _seen: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    _origin: dict[str, str] = field(default_factory=dict)
    _turn: dict[str, int] = field(default_factory=dict)

    def origin(self, name: str, of: Sketch) -> str | None:
        """Return the origin of a text if it is almost one that was seen, and remember it."""
        shared = Counter(other for number in of for other in self._seen.get(number, ()))
        self._turn.setdefault(name, len(self._turn))
        for number in of:
            self._seen[number].append(name)
        if shared:
            other, count = min(shared.items(), key=lambda pair: (-pair[1], self._turn[pair[0]]))
            if count >= ALIKE * len(of):
                self._origin[name] = self._origin.get(other, other)
                return self._origin[name]
        return None
