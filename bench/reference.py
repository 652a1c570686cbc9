"""What the figures stand beside, in the same run: nginx with a static file, and a load client."""

import http.client
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

STATIC_BYTES = 30_000
NGINX_PORT = 8899
CONFIG = """
daemon off; worker_processes 2; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{ access_log off; client_body_temp_path {folder}; proxy_temp_path {folder}/temp;
  fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};
  proxy_cache_path {folder}/kept keys_zone=pages:4m use_temp_path=off;
  map $http_accept_encoding $packed {{ default ""; ~*gzip gzip; }}
  upstream site {{ server 127.0.0.1:{behind}; keepalive 8; }}
  server {{ listen 127.0.0.1:{port};
    location = /page.html {{ root {folder}/www; }}
    location / {{ proxy_pass http://site; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_set_header Host $http_host; proxy_cache pages; proxy_cache_lock on;
      proxy_set_header Accept-Encoding $packed; proxy_ignore_headers Vary;
      proxy_cache_key $scheme$http_host$request_uri|$cookie_theme|$cookie_region|$packed;
      proxy_cache_bypass $cookie_sessionid; proxy_no_cache $cookie_sessionid; }} }} }}
"""


@dataclass(frozen=True)
class Static:
    """nginx: the address of its static file of 30 KB, and the process above its workers."""

    address: str
    process: int


@contextmanager
def nginx(behind: int = 9) -> Iterator[Static | None]:
    """Serve a static file of 30 KB, and with a cache what stands on the port `behind`.

    Its cache is that of deploy/nginx/bala.conf. Yield None where there is no nginx.
    """
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        for inner in ("www", "kept", "temp"):
            (folder / inner).mkdir()
            (folder / inner).chmod(0o777)  # nginx started as root works as another user
        (folder / "www" / "page.html").write_bytes(b"x" * STATIC_BYTES)
        (folder / "nginx.conf").write_text(
            CONFIG.format(folder=folder, port=NGINX_PORT, behind=behind)
        )
        process = subprocess.Popen([program, "-c", str(folder / "nginx.conf"), "-p", name])
        try:
            address = f"http://127.0.0.1:{NGINX_PORT}/page.html"
            wait_for(address)
            yield Static(address, process.pid)
        finally:
            process.terminate()
            process.wait(10)


def wait_for(address: str, seconds: float = 30) -> None:
    """Wait until an address answers; TimeoutError when it does not."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with closing(_connection(address)) as connection:
                if _get(connection, address) < 500:
                    return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)


@dataclass(frozen=True)
class Load:
    """What a load client saw: requests a second, and processor time of each in those who answered."""

    rate: float
    cpu: float  # seconds


def load(address: str, process: int, *, seconds: float = 3, packed: bool = False) -> Load:
    """Ask an address for some seconds; count the processor time of `process` and all below it.

    Processor time tells what an answer costs also on a machine that others load.
    """
    before, started = cpu_seconds(process), time.monotonic()
    got = rate(address, seconds=seconds, packed=packed)
    asked = got * (time.monotonic() - started)
    return Load(got, (cpu_seconds(process) - before) / max(asked, 1))


def family(process: int) -> list[int]:
    """Return the ids of a process and all below it."""
    found = [process]
    stats = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            stats.append((int(stat.parent.name), int(_after_name(stat)[1])))
        except OSError:
            continue
    for one, parent in sorted(stats):
        if parent in found:
            found.append(one)
    return found


def cpu_seconds(process: int) -> float:
    """Return the processor time that a process and those below it have used, ended children too."""
    total = 0
    for one in family(process):
        try:
            total += sum(int(ticks) for ticks in _after_name(Path(f"/proc/{one}/stat"))[11:15])
        except OSError:
            continue
    return total / os.sysconf("SC_CLK_TCK")


def _after_name(stat: Path) -> list[str]:
    """Return the fields of a process after its name: state, parent, …"""
    return stat.read_text().rsplit(")", 1)[1].split()


def rate(address: str, *, seconds: float = 4, clients: int = 4, packed: bool = False) -> float:
    """Return requests a second that `clients` kept connections get from an address.

    `packed`: ask for gzip, as every browser does.

    The client is Python and shares the machine, for the reference as for the page: read ratios.
    wrk is used where there is one.
    """
    wrk = shutil.which("wrk")
    if wrk is not None:
        command = [wrk, "-t2", f"-c{clients}", f"-d{int(seconds)}s", address]
        command += ["-H", "Accept-Encoding: gzip"] if packed else []
        out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        return float(out.split("Requests/sec:")[1].split()[0])
    counts = [0] * clients
    until = time.monotonic() + seconds

    def work(number: int) -> None:
        connection = _connection(address)
        while time.monotonic() < until:
            _get(connection, address, packed=packed)
            counts[number] += 1

    threads = [threading.Thread(target=work, args=(n,)) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def _connection(address: str) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(address.split("/")[2], timeout=30)


def _get(connection: http.client.HTTPConnection, address: str, *, packed: bool = False) -> int:
    headers = {"Accept-Encoding": "gzip" if packed else "identity"}
    connection.request("GET", "/" + address.split("/", 3)[3], headers=headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status
