"""kill -9 at any moment of a build leaves the old state or the new one, and the next build works."""

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
    """The delays are spread evenly over the time that a build takes when it is left alone."""
    held = "A"
    durations = []
    for _ in range(6):
        held = other(held)
        swing.write(held)
        durations.append(swing.build()["seconds"])
        assert swing.found() == held
    duration = statistics.median(durations)
    chance = random.Random(SEED)
    moments = [(each + chance.random()) / KILLS for each in range(KILLS)]
    chance.shuffle(moments)
    outcomes: Counter[tuple[str, str]] = Counter()
    for moment in moments:
        new = other(held)
        swing.write(new)
        killed = swing.build(kill_after=1.05 * duration * moment)
        now = swing.found()
        outcome = "new" if now == new else "old"
        if killed["code"] == 0:
            assert outcome == "new"
            outcome = "finished before the kill"
        outcomes[killed["stage"], outcome] += 1
        # The next build begins with what the kill left; it alternates between carrying on to the
        # state that was interrupted and being killed itself.
        held = now
        if chance.random() < 0.5:
            swing.write(new)
            assert swing.build()["code"] == 0
            assert swing.found() == new
            held = new
    swing.write("A")
    assert swing.build()["code"] == 0
    assert swing.found() == "A"

    print(f"\n{KILLS} kills over {duration:.3f} s:")
    for (stage, outcome), count in sorted(outcomes.items()):
        print(f"  {stage:<10} {outcome:<26} {count:>4}")
    assert sum(count for (_, outcome), count in outcomes.items() if outcome == "old") > KILLS / 4
    assert outcomes["loading", "old"] > 0
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
