"""What of a file may be quoted beside a place that is shown."""

from configlint.model.record import record

Spans = tuple[tuple[int, int], ...]
"""Offsets into a content, the ends exclusive."""


@record
class Quotable:
    """The stretches of one file by what is known of them. What is in none of them is a value that may be anything.

    `syntax` are keys, signs, identifiers, names of programs and options; `harmless` are values, or parts of them, that
    a reader has recognised as a port, a host, a service, an image, a path of ours, a route, a number of workers, the
    name of a variable. `remarks` are comments, which are never shown.
    """

    syntax: Spans = ()
    harmless: Spans = ()
    remarks: Spans = ()
