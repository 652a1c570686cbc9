"""The site, tried by wapiti: as a visitor and as those whose pages differ most.

It starts from every page of the access table, follows forms, and stops when its time is over.
Modules that let a stranger's server be asked (ssrf, xxe, log4shell) are left out: nothing here asks
a third party. XML entities are tried by tests/concept/test_safety.py.
"""

import json
import os
import subprocess
from typing import Any

from security.running import Tried, errors_in_log, running
from security.verdicts import REPORTS, WAPITI, Verdict

MODULES = (
    "backup,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,methods,"
    "permanentxss,redirect,sql,timesql,upload,xss"
)
WHO = ("visitor", "guardian", "host", "moderator", "organiser", "coordinator")
#: Seconds for looking around, and for each module, of each kind of person.
LOOKING = os.environ.get("SECURITY_PAGES_SECONDS", "60")
ATTACK = os.environ.get("SECURITY_ATTACK_SECONDS", "20")


#: What the scanner tells of and what is meant so, with the reason.
MEANT = {
    # They keep a colour and a region in a cookie and change nothing else (docs/adr/0007).
    ("Cross Site Request Forgery", "/region/"),
    ("Cross Site Request Forgery", "/theme/"),
}


def run() -> list[Verdict]:
    """Try the site as each of WHO."""
    chosen = os.environ.get("SECURITY_PAGES_AS", ",".join(WHO)).split(",")
    with running() as site:
        verdicts = [_as(site, who) for who in chosen]
    return [*verdicts, Verdict("the server's log while the site was tried", found=errors_in_log())]


def _as(site: Tried, who: str) -> Verdict:
    report = REPORTS / f"pages-{who}.json"
    report.unlink(missing_ok=True)
    command = [str(WAPITI / "wapiti"), "-u", f"{site.address}/kk/", "--scope", "domain"]
    for page in site.pages:
        command += ["-s", site.address + page]
    for part in ("accounts/logout", "static", "media"):
        command += ["-x", f"{site.address}/*{part}*"]
    command += [
        "-m",
        MODULES,
        "-H",
        f"Referer: {site.address}/",
        "-d",
        "4",
        "--max-files-per-dir",
        "30",
        "--flush-session",
    ]
    command += ["--max-scan-time", LOOKING, "--max-attack-time", ATTACK, "--no-bugreport"]
    command += ["--store-session", str(REPORTS / "wapiti" / who), "-f", "json", "-o", str(report)]
    if who in site.sessions:
        command += ["-C", f"sessionid={site.sessions[who]}"]
    print(f"wapiti as {who} …", flush=True)
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPORTS)
    (REPORTS / f"pages-{who}.txt").write_text(done.stdout + done.stderr)
    if not report.exists():
        last = (done.stderr.strip().splitlines() or ["no report"])[-1]
        return Verdict(f"wapiti as {who}", not_looked_at=last)
    return judged_scan(who, json.loads(report.read_text()))


def judged_scan(who: str, report: dict[str, Any]) -> Verdict:
    """Judge wapiti's report: all that it tells of is found, except what is meant so."""
    kinds = {**report["vulnerabilities"], **report["anomalies"]}
    counts = {
        kind: sum((kind, case["path"]) not in MEANT for case in cases)
        for kind, cases in kinds.items()
    }
    found = tuple(f"{kind} ({number})" for kind, number in counts.items() if number)
    return Verdict(f"wapiti as {who}, {report['infos'].get('crawled_pages_nbr', '?')} pages", found)
