"""kill -9 at any moment of a build leaves the old state or the new one; the next build works."""

from __future__ import annotations

import random
import statistics
from collections import Counter

from conftest import Swing

import kg

KILLS = 200
SEED = 20241018


def other(name: str) -> str:
    return "B" if name == "A" else "A"


def test_two_hundred_kills(swing: Swing) -> None:
    """Half of them spread over all of a build's time, half over the part in which it writes."""
    held = "A"
    whole = []
    for _ in range(6):
        held = other(held)
        swing.write(held)
        whole.append(swing.build())
        assert swing.found() == held
    end = 1.05 * statistics.median(each["seconds"] for each in whole)
    writing = 0.95 * statistics.median(each["loading"] for each in whole)
    chance = random.Random(SEED)
    moments = [chance.uniform(0, end) for _ in range(KILLS // 2)]
    moments += [chance.uniform(writing, end) for _ in range(KILLS // 2)]
    chance.shuffle(moments)
    outcomes: Counter[tuple[str, str]] = Counter()
    for moment in moments:
        new = other(held)
        swing.write(new)
        killed = swing.build(kill_after=moment)
        held = swing.found()
        outcome = "new" if held == new else "old"
        if killed["code"] == 0:
            assert outcome == "new"
            outcome = "finished before the kill"
        outcomes[killed["stage"], outcome] += 1
        # The next build begins with what the kill left: either the next one to be killed, or one
        # that comes to its end, which always follows where this one had begun to write.
        if killed["stage"] == "loading" or chance.random() < 0.25:
            swing.write(new)
            assert swing.build()["code"] == 0
            held = swing.found()
            assert held == new

    print(f"\n{KILLS} kills over {end:.3f} s, of which it writes from {writing:.3f} s:")
    for (stage, outcome), count in sorted(outcomes.items()):
        print(f"  {stage:<10} {outcome:<26} {count:>4}")
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
