"""One decorator for every value of the model: slotted, immutable to the type checker, cheap to create.

It does what a dataclass with slots and keyword fields does, but makes `__init__` when the first instance is made: a
run makes instances of a third of the classes, and writing all of them takes as long as reading a small repository.
"""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, NoReturn, TypeVar, dataclass_transform, get_origin

T = TypeVar("T")

_REQUIRED: Any = object()
_FIELDS = "__record_fields__"


@dataclass_transform(frozen_default=True, eq_default=False, kw_only_default=True)
def record(cls: type[T]) -> type[T]:
    """Make a slotted class of keyword fields, compared by identity. Defaults are shared: none may be mutable.

    mypy refuses assignment to a field. The running program does not check it again, because an instance that refuses
    takes four times as long to create. There is no generated `repr`, and none is pickled or copied: many hold secrets.
    """
    space = dict(cls.__dict__)
    own = {
        name: space.pop(name, _REQUIRED) for name, annotation in cls.__annotations__.items() if not _shared(annotation)
    }
    inherited = [getattr(base, _FIELDS, {}) for base in reversed(cls.__mro__[1:])]
    every = {name: default for above in (*inherited, own) for name, default in above.items()}
    for name in ("__dict__", "__weakref__"):
        space.pop(name, None)
    space |= {"__slots__": tuple(own), "__qualname__": cls.__qualname__, "__reduce__": _stay, _FIELDS: every}
    metaclass: Any = type(cls)
    made = metaclass(cls.__name__, cls.__bases__, space)
    made.__init__ = _first(made, every)
    return made  # type: ignore[no-any-return] # the same class, made anew


def _stay(self: object) -> NoReturn:
    raise TypeError("a record stays in its process: it may hold a secret")


def fields(cls: type) -> Mapping[str, Any]:
    """The fields of a record class with their defaults, those of its bases first."""
    found: Mapping[str, Any] = getattr(cls, _FIELDS)
    return found


def replace(one: T, **changes: Any) -> T:
    """The same record with some fields changed."""
    made = type(one)
    return made(**({name: getattr(one, name) for name in fields(made)} | changes))


def _shared(annotation: object) -> bool:
    """Whether it is of the class, and no field."""
    return get_origin(annotation) is ClassVar or annotation is ClassVar


def _first(made: Any, every: Mapping[str, Any]) -> Callable[..., None]:
    """What takes the place of `__init__` until it is called, and then makes it."""

    def __init__(self: Any, **given: Any) -> None:  # noqa: N807 # it stands for the method
        made.__init__ = _written(every)
        made.__init__(self, **given)

    return __init__


def _written(every: Mapping[str, Any]) -> Callable[..., None]:
    parameters = [name if default is _REQUIRED else f"{name}=_{name}" for name, default in every.items()]
    body = [f" self.{name} = {name}" for name in every] or [" pass"]
    space = {f"_{name}": default for name, default in every.items()}
    exec("\n".join([f"def __init__(self{', *, ' * bool(every)}{', '.join(parameters)}):", *body]), space)
    return space["__init__"]  # type: ignore[no-any-return] # it is what was written
