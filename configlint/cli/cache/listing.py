"""What git lists, as a digest: it is compared where the index was written since."""


def listing(root: str) -> bytes:
    """The digest of what git lists now; empty where it cannot be asked."""
    from configlint.repo.git import discover
    from configlint.repo.processes import GitError

    try:
        return digest(discover(root).ask_files(root).answer())
    except GitError:
        return b""


def digest(data: bytes) -> bytes:
    from _blake2 import blake2b  # hashlib would load OpenSSL, which takes as long as reading a small repository

    return blake2b(data).digest()
