"""Invalid input: a configuration or rule file with a mistake (exit 2)."""

from collections.abc import Iterable


class InputError(Exception):
    """What is wrong, in which file and, if known, on which line (from 1)."""

    def __init__(self, message: str, path: str = "", line: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}: " if self.line else f"{self.path}: " if self.path else ""
        return where + self.message


def nearest(word: str, valid: Iterable[str]) -> str:
    """`, did you mean 'x'?`, or the valid names if none is close."""
    known = sorted(valid)
    return near(word, known) or (f" (valid: {', '.join(known)})" if known else "")


def near(word: str, valid: Iterable[str]) -> str:
    """`, did you mean 'x'?`, or nothing if none is close."""
    from difflib import get_close_matches  # only on the way to exit 2

    close = get_close_matches(word, sorted(valid), n=1, cutoff=0.6)
    return f", did you mean '{close[0]}'?" if close else ""
