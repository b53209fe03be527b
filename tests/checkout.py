"""This project as it is on the disk, as a clone of it would have it."""

import shutil
import subprocess
from pathlib import Path

PROJECT = Path(__file__).parents[1]


def checkout(directory: Path) -> Path:
    """Copy all that git tracks, or would, into a directory; gives the directory."""
    listed = ["git", "-C", str(PROJECT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.run(listed, capture_output=True, text=True, check=True).stdout.split("\0"):
        if name and (PROJECT / name).is_file():
            (directory / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(PROJECT / name, directory / name)
    return directory
