"""The command `bala`: the project's manage.py."""

import os
import sys


def main() -> None:
    """Run the management command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bala.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["bala", *sys.argv[1:]])


if __name__ == "__main__":
    main()
