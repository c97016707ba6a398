"""kill -9 at any moment of a build leaves the old state or the new one; the next build works."""

from __future__ import annotations

import random
import signal
import statistics
from collections import Counter, deque
from typing import Any

from swings import Swing

import kg

KILLS = 200
SEED = 20241018


def other(name: str) -> str:
    return "B" if name == "A" else "A"


def test_two_hundred_kills(swing: Swing) -> None:
    """Half of them anywhere in a build's time, half in the part in which it writes.

    A build that was faster than its kill does not count. What a build takes is measured all the
    time, from those that came to their end, since other work of the machine slows them down.
    """
    held = "A"
    finished: deque[dict[str, Any]] = deque(maxlen=7)
    for _ in range(5):
        held = other(held)
        swing.write(held)
        finished.append(swing.build())
        assert swing.found() == held
    chance = random.Random(SEED)
    outcomes: Counter[tuple[str, str]] = Counter()
    for attempt in range(3 * KILLS):
        if sum(outcomes.values()) == KILLS:
            break
        end = statistics.median(each["seconds"] for each in finished)
        writing = statistics.median(each["loading"] for each in finished)
        new = other(held)
        swing.write(new)
        killed = swing.build(kill_after=chance.uniform(writing if attempt % 2 else 0, end))
        held = swing.found()
        if killed["code"] == 0:
            assert held == new
            finished.append(killed)
            continue
        assert killed["code"] == -signal.SIGKILL
        outcomes[killed["stage"], "new" if held == new else "old"] += 1
        # The next build begins with what the kill left: either the next one to be killed, or one
        # that comes to its end, which always follows where this one had begun to write.
        if killed["stage"] in ("loading", "built") or chance.random() < 0.1:
            swing.write(other(held))
            finished.append(swing.build())
            assert finished[-1]["code"] == 0
            held = other(held)
            assert swing.found() == held

    print(f"\n{sum(outcomes.values())} kills, a build taking {end:.3f} s:")
    for (stage, outcome), count in sorted(outcomes.items()):
        print(f"  while {stage:<10} {outcome} {count:>4}")
    assert sum(outcomes.values()) == KILLS
    assert outcomes["loading", "old"] > 0
    swing.write(other(held))
    assert swing.build()["code"] == 0
    nothing_is_left_over(swing)


def nothing_is_left_over(swing: Swing) -> None:
    """After a build that came to its end there is one generation, and its files."""
    current = int((swing.root / ".kg/current").read_text())
    assert swing.generations() == {current}
    with kg.open(swing.root).generations.reading() as snapshot:
        needed = {f"{digest}.nq" for digest in snapshot.manifest["graphs"].values()}
    assert {file.name for file in (swing.root / ".kg/quads").iterdir()} == needed


def test_what_a_kill_leaves_is_cleared_away(swing: Swing) -> None:
    """Also where several builds in a row were killed while they wrote."""
    duration = swing.build()["seconds"]
    swing.write("B")
    for part in (0.3, 0.5, 0.7, 0.8, 0.9):
        swing.build(kill_after=duration * part)
    assert swing.build()["code"] == 0
    assert swing.found() == "B"
    nothing_is_left_over(swing)
