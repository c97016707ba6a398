"""Take a person out of texts: names become blocks of the same length, so that offsets still hold.

A record speaks of the person as of an unnamed source of its own from then on: what was claimed
stays, who claimed it does not. Words are taken out of values, however a file writes them: in block
or flow style, quoted, escaped, folded over lines; then out of comments.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

import yaml

BLOCK = "\N{FULL BLOCK}"
STAND_IN = "redacted"
NAME = "a person whose name was taken out"


class Unreadable(ValueError):
    """A record cannot be read, so nothing can be taken out of it."""

    def __init__(self, words: str, line: int, column: int) -> None:
        """Say what is wrong, and where from 1."""
        super().__init__(words)
        self.line, self.column = line, column


class _Change(NamedTuple):
    """A piece of a text, and what takes its place."""

    start: int
    end: int
    new: str


def without_names(text: str, names: Collection[str]) -> str:
    """Return `text` with every one of `names`, as whole words, made blocks of equal length.

    Between the words of a name may be any space, a line's end too.
    """
    for name in sorted(names, key=len, reverse=True):
        text = _pattern(name).sub(lambda found: BLOCK * len(found.group()), text)
    return text


def first_of(text: str, person: str, names: Collection[str]) -> tuple[int, int] | None:
    """Return line and column, from 1, where `text` first speaks of a person, or None."""
    patterns = [_pattern(name) for name in names] + [_id_pattern(person)]
    places = [found.start() for each in patterns if (found := each.search(text))]
    if not places:
        return None
    at = min(places)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def redact_record(text: str, person: str, names: Collection[str]) -> str:
    """Return a YAML record without a person; what does not speak of it stays as it is written.

    Args:
        text: the record.
        person: the actor's id.
        names: what the person is called anywhere.

    Raises:
        Unreadable: the text is no YAML mapping, or `actors` is no list.
    """
    # Only a name with escapes in it can be there and not be found in the text as it is.
    if first_of(text, person, names) is None and "\\" not in text and "''" not in text:
        return text
    if not text.endswith("\n"):
        text += "\n"
    root = _composed(text)
    scalars = dict(_scalars(root))
    changes: list[_Change] = []
    stand_in = STAND_IN
    if any(_id_pattern(person).search(value) for value in scalars.values()):
        actors = _section(root, "actors")
        listed = _listed(actors)
        stand_in = _stand_in({_value(actor, "id") for actor in listed})
        own = next((actor for actor in listed if _value(actor, "id") == person), None)
        changes.append(_replaced(own, text, stand_in) if own else _added(root, actors, stand_in))
    whole = changes[0] if changes else _Change(0, 0, "")
    for (start, end), value in scalars.items():
        if not whole.start <= start < whole.end:
            written = text[start:end]
            new = _id_pattern(person).sub(stand_in, without_names(value, names))
            if new != value:
                changes.append(_Change(start, end, _rewritten(written, value, new)))
    for change in sorted(changes, reverse=True):
        text = text[: change.start] + change.new + text[change.end :]
    # Comments are left, and whatever else is no value.
    return without_names(_id_pattern(person).sub(stand_in, text), names)


def redact_json(text: str, person: str, names: Collection[str]) -> str:
    """Return a JSON record, or lines of them, without a person; raises what `redact_record` does.

    A record that speaks of the person is written anew, on one line or indented by two as it was.
    """
    if "\n" in text.strip() and _is_json(text.strip().partition("\n")[0]):
        return "".join(redact_json(line, person, names) for line in text.splitlines(keepends=True))
    if not text.strip():
        return text
    try:
        record = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(error.msg, error.lineno, error.colno) from error
    if not isinstance(record, dict) or not isinstance(record.get("actors", []), list):
        raise Unreadable("an object is expected here, with a list of actors", 1, 1)
    strings = list(_strings(record))
    if all(first_of(each, person, names) is None for each in strings):
        return text
    stand_in = STAND_IN
    if any(_id_pattern(person).search(each) for each in strings):
        actors = [each for each in record.get("actors", []) if isinstance(each, dict)]
        stand_in = _stand_in({str(each.get("id")) for each in actors})
        others = [each for each in record.get("actors", []) if each not in actors]
        kept = [each for each in actors if each.get("id") != person]
        record["actors"] = [*others, *kept, _actor(stand_in)]
    taken = _taken(record, person, stand_in, names)
    indent = 2 if "\n" in text.strip() else None
    end = text[len(text.rstrip()) :]
    return json.dumps(taken, ensure_ascii=False, indent=indent) + end


def _pattern(name: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, name.split()))
    return re.compile(rf"(?<!\w){words}(?!\w)")


def _id_pattern(person: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(person)}(?![\w-])")


def _composed(text: str) -> Any:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise Unreadable(error.problem or "this is no YAML", line, column) from error
    except yaml.YAMLError as error:
        raise Unreadable(str(error).partition("\n")[0], 1, 1) from error
    if not isinstance(root, yaml.MappingNode):
        raise Unreadable("a mapping is expected here", 1, 1)
    return root


def _scalars(node: Any) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield where each key and value stands, and what it says."""
    if isinstance(node, yaml.ScalarNode):
        yield (node.start_mark.index, node.end_mark.index), node.value
    elif isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _scalars(each)
    else:
        for pair in node.value:
            for each in pair:
                yield from _scalars(each)


def _rewritten(written: str, value: str, new: str) -> str:
    """Return what stands for a value that is now `new`, in its own style where that says so."""
    if written == value:
        return new
    for quote in ("'", '"'):
        if written == f"{quote}{value}{quote}" and not set(new) & {"'", '"', "\\"}:
            return f"{quote}{new}{quote}"
    end = "\n" if written.endswith("\n") else ""
    return json.dumps(new, ensure_ascii=False) + end


def _listed(actors: Any) -> list[Any]:
    if actors is None:
        return []
    if not isinstance(actors, yaml.SequenceNode):
        mark = actors.start_mark
        raise Unreadable("a list of actors is expected here", mark.line + 1, mark.column + 1)
    return [each for each in actors.value if isinstance(each, yaml.MappingNode)]


def _replaced(own: Any, text: str, stand_in: str) -> _Change:
    """Return the change that makes the person's own entry that of the stand-in."""
    start, end = own.start_mark, own.end_mark
    if own.flow_style:
        return _Change(start.index, end.index, _in_flow(stand_in))
    # The end mark of a block stands where the next one begins, within its line.
    end_index = text.rfind("\n", 0, end.index) + 1
    return _Change(start.index, end_index, _in_block(stand_in, start.column))


def _added(root: Any, actors: Any, stand_in: str) -> _Change:
    """Return the change that puts the stand-in before all other actors of the record."""
    if actors is not None and not actors.flow_style:
        at, column = actors.start_mark.index, actors.start_mark.column
        return _Change(at, at, f"- {_in_block(stand_in, column + 2)}{' ' * column}")
    if actors is not None:
        at = actors.start_mark.index + 1
        return _Change(at, at, _in_flow(stand_in) + (", " if actors.value else ""))
    if root.flow_style:
        at = root.start_mark.index + 1
        return _Change(at, at, f'"actors": [{_in_flow(stand_in)}], ')
    at = root.end_mark.index
    return _Change(at, at, f"actors:\n  - {_in_block(stand_in, 4)}")


def _in_block(stand_in: str, column: int) -> str:
    lines = (f"{key}: {value}" for key, value in _actor(stand_in).items())
    return f"\n{' ' * column}".join(lines) + "\n"


def _in_flow(stand_in: str) -> str:
    return json.dumps(_actor(stand_in))


def _actor(stand_in: str) -> dict[str, str]:
    return {"id": stand_in, "type": "UnnamedSource", "name": NAME}


def _stand_in(taken: Collection[str | None]) -> str:
    number = next(n for n in range(1, len(taken) + 2) if f"{STAND_IN}-{n}" not in taken)
    return f"{STAND_IN}-{number}"


def _section(root: Any, name: str) -> Any:
    return next((value for key, value in root.value if key.value == name), None)


def _value(node: Any, name: str) -> str | None:
    return next((str(value.value) for key, value in node.value if key.value == name), None)


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except json.JSONDecodeError:
        return False
    return True


def _strings(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for key, value in content.items():
            yield key
            yield from _strings(value)
    elif isinstance(content, list):
        for each in content:
            yield from _strings(each)


def _taken(content: Any, person: str, stand_in: str, names: Collection[str]) -> Any:
    if isinstance(content, str):
        return _id_pattern(person).sub(stand_in, without_names(content, names))
    if isinstance(content, dict):
        return {
            _taken(key, person, stand_in, names): _taken(value, person, stand_in, names)
            for key, value in content.items()
        }
    if isinstance(content, list):
        return [_taken(each, person, stand_in, names) for each in content]
    return content
