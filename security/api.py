"""The REST interface, tried by schemathesis as each kind of person.

It reads /api/v1/openapi.json and asks what the description allows and what it forbids: no error of
the server, no answer that the description does not tell of.
"""

import os
import subprocess

from security.running import Tried, errors_in_log, running
from security.verdicts import REPORTS, TOOLS, Verdict

#: How many tries for each operation and kind of person.
TRIES = os.environ.get("SECURITY_API_TRIES", "60")


def run() -> list[Verdict]:
    """Try the interface as everybody (or SECURITY_API_AS), and once for campaigns that are not."""
    with running() as site:
        everybody = ("visitor", *site.sessions)
        chosen = os.environ.get("SECURITY_API_AS", ",".join(everybody)).split(",")
        verdicts = [_as(site, "visitor", known=False)]
        verdicts += [_as(site, who, known=True) for who in chosen]
    return [*verdicts, Verdict("the server's log while the API was tried", found=errors_in_log())]


def _as(site: Tried, who: str, *, known: bool) -> Verdict:
    """Try it as one kind of person; `known`: asking for the campaign that there is."""
    what = f"schemathesis as {who}" + ("" if known else ", any campaign")
    report = REPORTS / f"api-{who}{'' if known else '-any'}.txt"
    config = REPORTS / "schemathesis.toml"
    named = f'[parameters]\ncampaign = "{site.campaign}"\nslug = "{site.campaign}"\n'
    config.write_text(named if known else "")
    command = [str(TOOLS / "schemathesis"), "--config-file", str(config), "--no-color", "run"]
    command += [f"{site.address}/api/v1/openapi.json", "--tls-verify", "false"]
    command += ["--checks", "all", "--max-examples", TRIES, "--workers", "2"]
    command += ["--continue-on-failure"]
    if who in site.sessions:
        command += ["-H", f"Cookie: sessionid={site.sessions[who]}"]
    print(f"{what} …", flush=True)
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPORTS)
    report.write_text(done.stdout + done.stderr)
    found = () if done.returncode == 0 else (f"see var/security-reports/{report.name}",)
    return Verdict(what, found=found)
