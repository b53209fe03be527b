"""Records: what a dataclass with slots and keyword fields would do, at its edges."""

from typing import ClassVar

import pytest

from configlint.model.record import fields, record, replace


@record
class Base:
    kind: ClassVar[str] = "base"

    name: str
    size: int = 1

    def twice(self) -> int:
        return 2 * self.size


@record
class Derived(Base):
    kind = "derived"
    parts: tuple[str, ...] = ()


def test_fields_are_keywords_with_their_defaults() -> None:
    one = Derived(name="a", parts=("x",))
    assert (one.name, one.size, one.parts, one.twice(), one.kind) == ("a", 1, ("x",), 2, "derived")
    assert list(fields(Derived)) == ["name", "size", "parts"]


@pytest.mark.parametrize("made", [Base, Derived])
def test_a_field_that_lacks_or_is_unknown_is_refused_from_the_first_time_on(made: type[Base]) -> None:
    for _ in range(2):
        with pytest.raises(TypeError, match="name"):
            made()  # type: ignore[call-arg]
        with pytest.raises(TypeError, match="colour"):
            made(name="a", colour="red")  # type: ignore[call-arg]
        with pytest.raises(TypeError, match="positional"):
            made("a")  # type: ignore[call-arg]


def test_slots_hold_it_and_nothing_else() -> None:
    one = Derived(name="a")
    assert not hasattr(one, "__dict__")
    with pytest.raises(AttributeError):
        one.colour = "red"  # type: ignore[attr-defined]


def test_replacing_makes_another_one() -> None:
    one = Derived(name="a", size=3)
    two = replace(one, name="b")
    assert (two.name, two.size, type(two)) == ("b", 3, Derived)
    assert one.name == "a"
    assert one != replace(one), "compared by identity"
    with pytest.raises(TypeError, match="colour"):
        replace(one, colour="red")
