"""The exit codes besides 0 and 1."""

USAGE, FAULT, INTERRUPTED = 2, 3, 130
