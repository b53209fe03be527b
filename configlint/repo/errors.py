"""What may go wrong between this program and the disk."""


class RepoError(Exception):
    """Something that was asked for cannot be had: a directory, a file to write. Names it; holds no content."""


class WriteError(RepoError):
    """A set of files that was not written. Every one of them is as it was, unless the message says otherwise."""
