"""The command line: the only layer that prints, and the only one that ends the program."""


def main() -> None:
    """The entry point of the `configlint` command."""
    from configlint.cli.commands import run  # click is imported only where there is something to do

    run()
