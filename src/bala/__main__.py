"""The command `bala`: the project's manage.py."""

import io
import os
import sys


def main() -> None:
    """Run the management command named on the command line."""
    for stream in (sys.stdout, sys.stderr):  # what the commands print is UTF-8, whatever the locale
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bala.settings")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        settings.INSTALLED_APPS  # noqa: B018 - reads the settings
    except ImproperlyConfigured as error:
        sys.exit(f"bala does not start: {error}")
    execute_from_command_line(["bala", *sys.argv[1:]])


if __name__ == "__main__":
    main()
