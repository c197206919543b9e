"""The entry of the program: it shows the saved screen, then loads the rest."""

import sys

from tui.saved_screen import SHOWN, show


def main() -> int:
    """Run the program; return its exit status."""
    show(sys.argv[1:])
    try:
        from tui.cli.main import main as run

        return run()
    finally:
        SHOWN.leave()


if __name__ == "__main__":
    sys.exit(main())
