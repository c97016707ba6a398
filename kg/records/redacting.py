"""Take a person out of records: names become blocks of the same length, so that offsets still hold.

A record speaks of the person as of an unnamed source of its own from then on: what was claimed
stays, who claimed it does not. Words are taken out of values, however a file writes them: in block
or flow style, quoted, escaped, folded over lines; and out of the comments between them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

import yaml

from kg.records.model import ID_PATTERN
from kg.records.spellings import Spellings

STAND_IN = "redacted"
NAME = "a person whose name was taken out"
# An id, or that of something in an article.
_IDS = re.compile(rf"{ID_PATTERN}(/{ID_PATTERN})?")


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


def redact_record(text: str, who: Spellings, files: Collection[str] = ()) -> str:
    """Return a YAML record without a person; what does not speak of it stays as it is written.

    Args:
        text: the record.
        who: the person.
        files: values that name a file, and stay as it is called.

    Raises:
        Unreadable: the text is no YAML mapping, or `actors` is no list.
    """
    # Only a name with escapes in it can be there and not be found in the text as it is.
    if who.first_in(text) is None and "\\" not in text and "''" not in text:
        return text
    if not text.endswith("\n"):
        text += "\n"
    root = _composed(text)
    scalars = dict(_scalars(root))
    changes: list[_Change] = []
    stand_in = STAND_IN
    if any(_is_about(value, who) for value in scalars.values()):
        actors = _section(root, "actors")
        listed = _listed(actors)
        stand_in = _stand_in({_value(actor, "id") for actor in listed})
        own = next((actor for actor in listed if _value(actor, "id") == who.person), None)
        changes.append(_replaced(own, text, stand_in) if own else _added(root, actors, stand_in))
    whole = changes[0] if changes else _Change(0, 0, "")
    for (start, end), value in scalars.items():
        if not whole.start <= start < whole.end:
            new = value if value in files else _without(value, who, stand_in)
            written = text[start:end]
            kept = written if new == value else _rewritten(written, value, new)
            changes.append(_Change(start, end, _without_remark(kept, who)))
    return "".join(_pieces(text, sorted(changes), who))


def redact_json(text: str, who: Spellings, files: Collection[str] = ()) -> str:
    """Return a JSON record, or lines of them, without a person; raises what `redact_record` does.

    A record that speaks of the person is written anew, on one line or indented by two as it was.
    """
    if "\n" in text.strip() and _is_json(text.strip().partition("\n")[0]):
        return "".join(redact_json(line, who, files) for line in text.splitlines(keepends=True))
    if not text.strip():
        return text
    try:
        record = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(error.msg, error.lineno, error.colno) from error
    if not isinstance(record, dict) or not isinstance(record.get("actors", []), list):
        raise Unreadable("an object is expected here, with a list of actors", 1, 1)
    strings = list(_strings(record))
    if all(who.first_in(each) is None for each in strings):
        return text
    stand_in = STAND_IN
    if any(_is_about(each, who) for each in strings):
        actors = [each for each in record.get("actors", []) if isinstance(each, dict)]
        stand_in = _stand_in({str(each.get("id")) for each in actors})
        others = [each for each in record.get("actors", []) if each not in actors]
        kept = [each for each in actors if each.get("id") != who.person]
        record["actors"] = [*others, *kept, _actor(stand_in)]
    taken = _taken(record, who, stand_in, files)
    indent = 2 if "\n" in text.strip() else None
    end = text[len(text.rstrip()) :]
    return json.dumps(taken, ensure_ascii=False, indent=indent) + end


def _is_about(value: str, who: Spellings) -> bool:
    """Whether a value means the person by its id, and needs a stand-in."""
    return _IDS.fullmatch(value) is not None and who.has_id(value)


def _without(value: str, who: Spellings, stand_in: str) -> str:
    """Return a value without the person: an id as another one, words as the article has them.

    An id of which a name is only a part is left: it is an article's or an event's.
    """
    if _IDS.fullmatch(value) and not who.is_name(value):
        return who.with_stand_in(value, stand_in)
    return who.without(value)


def _without_remark(written: str, who: Spellings) -> str:
    """Return a written value without what a comment behind the sign of a block says."""
    if not written.startswith(("|", ">")):
        return written
    first, end, rest = written.partition("\n")
    return who.without(first) + end + rest


def _pieces(text: str, changes: list[_Change], who: Spellings) -> Iterator[str]:
    """Yield a record piece by piece; between its values are comments, and signs."""
    at = 0
    for change in changes:
        yield who.without(text[at : change.start])
        yield change.new
        at = change.end
    yield who.without(text[at:])


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


def _taken(content: Any, who: Spellings, stand_in: str, files: Collection[str]) -> Any:
    if isinstance(content, str):
        return content if content in files else _without(content, who, stand_in)
    if isinstance(content, dict):
        return {
            _taken(key, who, stand_in, files): _taken(value, who, stand_in, files)
            for key, value in content.items()
        }
    if isinstance(content, list):
        return [_taken(each, who, stand_in, files) for each in content]
    return content
