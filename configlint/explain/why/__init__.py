"""`why`: every place where a value is written, what each service uses, and which place decides."""

from configlint.explain.why.answer import Answer, Entry, Part
from configlint.explain.why.asked import every_variable, why

__all__ = ["Answer", "Entry", "Part", "every_variable", "why"]
