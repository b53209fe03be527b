"""The exit codes with which a run ends, beside 0 and 1, which say what was found."""

USAGE, FAULT, INTERRUPTED = 2, 3, 130
