"""`python -m bench NAME ARGS`: runs main(argv) of bench/NAME.py."""

import importlib
import sys
from pathlib import Path

from desk.i18n import Refused

NAMES = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*") if path.suffix in ("", ".py"))


def main(argv: list[str]) -> int:
    if not argv or argv[0] not in NAMES:
        print(f"python -m bench NAME ARGS, where NAME is one of: {', '.join(NAMES)}", file=sys.stderr)
        return 2
    try:
        found: int | None = importlib.import_module(f"bench.{argv[0]}").main(argv[1:])
    except Refused as refusal:
        print(refusal.sentence.say("en"), file=sys.stderr)
        return 1
    return found or 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
