"""Public pages at national size on a day of the campaign, beside nginx with a static file.

Each page is measured as nginx in front answers it from its cache, as the application answers it
from what it keeps, and rendered with nothing kept at all.
"""

import gzip
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.reference import NGINX_PORT, Static, family, load, nginx, rate, wait_for

PORT = 8898
#: Pictures and the map are not counted in the first view of a page, fonts are.
_PICTURES = (".svg", ".png", ".jpg", ".webp")


def run() -> None:
    """Print what each page costs as a part of nginx's static file, memory after load, and bytes.

    Before and after each page the reference is measured again: others may load the machine.
    """
    pages = _pages()
    with nginx(PORT) as static:
        if static is None:
            print("public pages: no nginx here, so no reference")
            return
        print("public pages, 2 web processes; beside nginx with 30 KB static, measured around each")
        with _site(FRESH="30") as site:
            for name, path in pages.items():
                in_front = f"http://127.0.0.1:{NGINX_PORT}{path}"
                for packed in (True, False):
                    how = f"cache in front, {'gzip' if packed else 'plain'}"
                    _print(how, name, in_front, static, static.process, packed=packed)
            for name, path in pages.items():
                _print("kept by the application", name, _address(path), static, site)
            print(f"  memory of all processes after load: {_memory(site) / 1e6:.0f} MB (PSS)")
            for number, (name, path) in enumerate(pages.items()):
                print(f"  {_first_view(path) / 1000:6.0f} KB, first view of {name}", end="")
                print(" (goal: at most 150)" if not number else "")
        with _site(FRESH="0") as site:
            _print("floor: an empty view", "", _address("/empty/"), static, site)
            _print("floor: no Django at all", "", _address("/bare/"), static, site)
            for name, path in pages.items():
                _print("rendered, nothing kept", name, _address(path), static, site)
            print(f"  memory of all processes after load: {_memory(site) / 1e6:.0f} MB (PSS)")


def _pages() -> dict[str, str]:
    from bala.programme.models import Campaign
    from bench.national import SLUG

    activity = Campaign.objects.get(slug=SLUG).activities.order_by("pk")[0]
    base = f"/kk/c/{SLUG}/"
    return {
        "home": "/kk/",
        "programme": f"{base}programme/",
        "block": f"{base}block/1/",
        "activity": f"{base}activity/{activity.public_id}/",
        "region": f"{base}region/KZ-75/",
        "day": f"{base}day/2022-06-01/",
        "coverage": f"{base}coverage/",
    }


def _address(path: str) -> str:
    return f"http://127.0.0.1:{PORT}{path}"


@contextmanager
def _site(**settings: str) -> Iterator[int]:
    """Serve with these settings; yield the id of the process above all others."""
    environment = {
        **os.environ,
        "BALA_DEMO": "0",
        "ALLOWED_HOSTS": "127.0.0.1",
        "BALA_FRESH_SECONDS": settings["FRESH"],
    }
    process = subprocess.Popen([sys.executable, "-m", "bench.served", str(PORT)], env=environment)
    try:
        wait_for(_address("/kk/"))
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


def _print(
    how: str, name: str, address: str, static: Static, process: int, *, packed: bool = False
) -> None:
    rate(address, seconds=1)
    before = load(static.address, static.process, seconds=1)
    got = load(address, process, seconds=3, packed=packed)
    after = load(static.address, static.process, seconds=1)
    reference, cpu = (before.rate + after.rate) / 2, (before.cpu + after.cpu) / 2
    print(
        f"  {how:<24} {name:<10} {got.rate:9.1f} a second, {_part(got.rate / reference)} of nginx;"
        f" {got.cpu * 1000:7.3f} ms of processor, {_part(cpu / max(got.cpu, 1e-9))} of nginx",
        flush=True,
    )


def _part(part: float) -> str:
    if not 1e-6 < part < 100:
        return "nothing to compare"  # no answer came in these seconds
    return f"{part:.0%}" if part > 0.2 else f"1/{1 / max(part, 1e-9):.0f}"


def _first_view(path: str) -> int:
    """Add up what travels at the first view: the page and what it asks for, packed as it comes."""
    page, size = _get(path)
    seen: set[str] = set()
    wanted = re.findall(r'<(?:link|script)[^>]*?(?:href|src)="(/static/[^"]+)"', page)
    while wanted:
        one = wanted.pop()
        if one in seen or one.endswith(_PICTURES):
            continue
        seen.add(one)
        text, travelled = _get(one)
        size += travelled
        if one.endswith(".js"):  # modules that it imports
            folder = one.rsplit("/", 1)[0]
            wanted += [f"{folder}/{name}" for name in re.findall(r'from\s*"\./([^"]+)"', text)]
    return size


def _get(path: str) -> tuple[str, int]:
    """Return the text at an address and the bytes that travelled."""
    request = urllib.request.Request(  # noqa: S310 - our own address
        _address(path), headers={"Accept-Encoding": "gzip"}
    )
    with urllib.request.urlopen(request) as answer:  # noqa: S310 - our own address
        body, packed = answer.read(), answer.headers.get("Content-Encoding", "")
    if packed == "gzip":
        return gzip.decompress(body).decode(errors="replace"), len(body)
    return ("" if packed else body.decode(errors="replace")), len(body)


def _memory(parent: int) -> float:
    """Sum the proportional memory of a process and all below it, in bytes."""
    total = 0.0
    for one in family(parent):
        try:
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text()
        except OSError:
            continue
        pss = next(line for line in rollup.splitlines() if line.startswith("Pss:"))
        total += int(pss.split()[1]) * 1024
        if os.environ.get("BENCH_EACH"):
            name = Path(f"/proc/{one}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            print(f"    {int(pss.split()[1]) / 1024:6.0f} MB {name[:100]}")
    return total
