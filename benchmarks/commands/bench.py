"""`./dev bench`: each measurement has a module of its own here."""

import argparse
import importlib
from collections.abc import Callable

from harness.paths import dev_folder

#: what can be measured -> the module of this package whose `bench` measures it
MODULES = {
    "export": "exports",
    "import": "imports",
    "letters": "letters",
    "screens": "screens",
    "survive": "survive",
}


def bench(args: argparse.Namespace) -> int:
    """Measure what *args* name and print the ratios."""
    if args.what == "fuzz":
        return fuzz_rooms(args)
    module = importlib.import_module(f"{__package__}.{MODULES[args.what]}")
    run: Callable[[argparse.Namespace], int] = module.bench
    return run(args)


def fuzz_rooms(args: argparse.Namespace) -> int:
    """Test the pure steps of the import with odd files; return 1 if one fails."""
    from benchmarks import fuzz

    return int(fuzz.fuzz(args.minutes, args.seed, dev_folder("fuzz")) > 0)
