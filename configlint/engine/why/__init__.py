"""`why`: every place where a value is written, what each service uses, and which place decides."""

from configlint.engine.why.answer import Answer, Entry, Part
from configlint.engine.why.asked import why

__all__ = ["Answer", "Entry", "Part", "why"]
