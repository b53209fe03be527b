"""The stacks of a run as pictures, for the output that draws them."""

from configlint.explain.picture.assembled import pictures

__all__ = ["pictures"]
