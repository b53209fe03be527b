"""`make fuzz`: input that is made to reach as much of the code as it can. `fuzz.py TARGET [options of libFuzzer]`.

What it finds is written as `crash-…` or `timeout-…` into the current directory. Mend the defect, cut the input down
and keep it in `tests/data/fuzz/TARGET`, where the tests try it again.
"""

import sys

import atheris

with atheris.instrument_imports(include=["configlint"]):
    from fuzzing import TARGETS


def main() -> None:
    target = TARGETS[sys.argv.pop(1)]

    def one(data: bytes) -> None:
        target(data.decode("utf-8", "ignore").replace("\0", ""))

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
