"""`python -m kg`: the command, where no script of that name is on the path."""

from __future__ import annotations

from kg.cli.main import program

if __name__ == "__main__":
    program()
