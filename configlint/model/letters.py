"""Letters for secrets that are compared: equal letters are equal secrets."""

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def letter(number: int) -> str:
    """A to Z, then A1 to Z1, and so on."""
    return _LETTERS[number % len(_LETTERS)] + (str(number // len(_LETTERS)) if number >= len(_LETTERS) else "")
