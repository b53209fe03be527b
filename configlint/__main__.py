"""`python -m configlint`: the command for an environment whose scripts are not on the path."""

import sys

if not sys.flags.safe_path:
    # Python puts the current directory first, and that is the linted repository: no module of it may be imported.
    del sys.path[0]

from configlint.cli import main

if __name__ == "__main__":
    sys.exit(main())
