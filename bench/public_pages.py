"""Public pages rendered at national size, beside nginx with a static file in the same run."""

import os
import subprocess
import sys
from pathlib import Path

from bench.reference import nginx, rate, wait_for

PORT = 8898


def run() -> None:
    """Print requests a second of each page as a part of nginx's, and the memory after the load."""
    from bala.programme.models import Campaign
    from bench.national import SLUG

    campaign = Campaign.objects.get(slug=SLUG)
    activity = campaign.activities.order_by("pk")[0]
    base = f"http://127.0.0.1:{PORT}/kk/"
    pages = {
        "home": base,
        "programme": f"{base}c/{SLUG}/programme/",
        "block": f"{base}c/{SLUG}/block/1/",
        "activity": f"{base}c/{SLUG}/activity/{activity.public_id}/",
        "region": f"{base}c/{SLUG}/region/KZ-75/",
        "day": f"{base}c/{SLUG}/day/2022-06-01/",
        "coverage": f"{base}c/{SLUG}/coverage/",
    }
    environment = {**os.environ, "BALA_DEMO": "0", "ALLOWED_HOSTS": "127.0.0.1"}
    command = [sys.executable, "-m", "bala", "serve", "--port", str(PORT), "--workers", "2"]
    site = subprocess.Popen(command, env=environment)
    try:
        with nginx() as static:
            wait_for(base)
            reference = rate(static) if static else 0.0
            print(f"public pages, 2 web processes; nginx, 30 KB static: {reference:,.0f} a second")
            for name, address in pages.items():
                rate(address, seconds=1)
                got = rate(address)
                part = f"1/{reference / got:.0f} of nginx" if reference and got else "no reference"
                print(f"  {name:<12} {got:8.1f} a second, {part}; goal better than 1/80")
        memory = _memory(site.pid) / 1e6
        print(f"  memory of web and worker after load: {memory:.0f} MB (PSS), goal below 400")
    finally:
        site.terminate()
        site.wait(20)


def _memory(parent: int) -> float:
    """Sum the proportional memory of a process and all below it, in bytes."""
    family, known = [parent], {parent}
    for stat in sorted(Path("/proc").glob("[0-9]*/stat"), key=lambda path: int(path.parent.name)):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) in known:
            known.add(int(stat.parent.name))
            family.append(int(stat.parent.name))
    total = 0.0
    for one in family:
        try:
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text()
        except OSError:
            continue
        pss = next(line for line in rollup.splitlines() if line.startswith("Pss:"))
        total += int(pss.split()[1]) * 1024
    return total
