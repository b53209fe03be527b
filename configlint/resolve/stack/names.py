"""Names of variables that are taken for one another."""

_SHORT = 6
"""Letters; in a shorter word two changes make another word."""


def alike(one: str, other: str) -> bool:
    """Whether two names are one slip apart: the same words but one, or a few letters in one word."""
    if one == other:
        return False
    mine, theirs = one.split("_"), other.split("_")
    if len(mine) == len(theirs):
        pairs = [(a, b) for a, b in zip(mine, theirs, strict=True) if a != b]
        return len(pairs) == 1 and (_slip(*pairs[0]) or (len(mine) > 2 and mine[-1] == theirs[-1]))
    longer, shorter = (mine, theirs) if len(mine) > len(theirs) else (theirs, mine)
    if len(longer) == len(shorter) + 1 and len(shorter) > 1 and longer[-1] == shorter[-1]:
        return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
    return _slip(one, other)


def _slip(one: str, other: str) -> bool:
    """Whether a few letters are added, missing, changed or exchanged: one of a short word, two of a longer one."""
    allowed = 1 if min(len(one), len(other)) < _SHORT else 2
    return abs(len(one) - len(other)) <= allowed and distance(one, other) <= allowed


def distance(one: str, other: str) -> int:
    """Letters to add, drop, change, or exchange with their neighbour (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if last and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
