"""The files of deploy/: paths that exist, addresses that exist, and nginx that takes them."""

import http.server
import re
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.conf import settings
from django.urls import reverse

from bench.reference import wait_for
from security.running import certificate

ROOT = Path(__file__).resolve().parent.parent
SITE = (ROOT / "deploy/nginx/bala.conf").read_text("utf-8")
UNITS = sorted((ROOT / "deploy/systemd").glob("*.service"))
#: Made by `make setup`, `bala collectstatic` and use; all else must be in the checkout.
MADE = {"", ".venv/bin/python", "var", "var/static/", "var/media/"}
#: Forms that take a file, by their addresses.
WITH_FILES = {
    "programme:concept_upload": {},
    "programme:plan_import": {"slug": "s", "iso_code": "KZ-75"},
    "programme:organisation_import": {},
    "programme:sanitary_import": {"slug": "s"},
}
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
TOOK_OVER = "X-Seen-Forwarded"


@pytest.mark.parametrize("text", [SITE, *(one.read_text("utf-8") for one in UNITS)])
def test_paths_of_the_checkout_exist(text: str) -> None:
    for path in re.findall(r"/srv/bala/?([^\s;]*)", text):
        assert path in MADE or (ROOT / path).exists(), path


def test_units_start_commands_that_there_are() -> None:
    found = {
        command
        for one in UNITS
        for command in re.findall(r"python -m bala (\w+)", one.read_text("utf-8"))
    }
    assert found == {"serve", "worker"}
    for command in found:
        assert (ROOT / f"src/bala/pages/management/commands/{command}.py").exists()


def test_the_example_names_only_settings_that_there_are() -> None:
    text = (ROOT / "deploy/bala.env.example").read_text("utf-8")
    documented = (ROOT / "docs/settings.md").read_text("utf-8")
    for name in re.findall(r"^([A-Z_]+)=", text, re.MULTILINE):
        assert f"| `{name}`" in documented


def limit_of(path: str) -> int:
    """Return how many megabytes the site file lets in at an address."""
    blocks = re.findall(r"location (=|~)? ?(\S+) \{(.*?)\n    \}", SITE, re.DOTALL)
    for how, pattern, body in blocks:
        found = re.search(r"client_max_body_size (\d+)m", body)
        fits = re.search(pattern, path) if how == "~" else path.startswith(pattern)
        if fits and found:
            return int(found[1])
    return 1


def test_forms_that_take_files_may_be_as_large_as_the_settings_say() -> None:
    largest = max(settings.BALA_MAX_DOCUMENT_MB, settings.BALA_PLAIN_UPLOAD_MB)
    for name, kwargs in WITH_FILES.items():
        assert limit_of(reverse(name, kwargs=kwargs)) > largest, name
    assert limit_of(reverse("media:uploads")) >= settings.BALA_MAX_PICTURE_MB
    assert limit_of(reverse("account_login")) == limit_of(reverse("pages:home")) == 1


class Behind(http.server.BaseHTTPRequestHandler):
    """What stands behind nginx here: it tells what it was asked, and counts."""

    protocol_version = "HTTP/1.1"
    asked = 0

    def do_GET(self) -> None:
        type(self).asked += 1
        self._answer(f"answer {self.asked}".encode())

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(b"taken")

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        if self.path.startswith("/files/") and "X-Accel" not in self.headers:
            self.send_header("X-Accel-Redirect", "/protected/picture.webp")
        public = "public, max-age=20" if self.path != "/kk/taken-down/" else "public, no-cache"
        self.send_header("Cache-Control", public)
        self.send_header("Vary", "Cookie, HX-Request, Accept-Encoding")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header(TOOK_OVER, self.headers.get("X-Forwarded-For", ""))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Write nothing."""


@dataclass(frozen=True)
class Site:
    """nginx with the site file, and its log."""

    client: httpx.Client
    address: str
    log: Path

    def ask(self, path: str, method: str = "GET", **more: Any) -> httpx.Response:
        """Ask nginx under the site's name."""
        more["headers"] = {"Host": "bala.example", **more.get("headers", {})}
        named = {"sni_hostname": "bala.example"}
        return self.client.request(method, self.address + path, extensions=named, **more)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """The site file as it is shipped, with other ports and folders, before a small server."""
    if NGINX is None:
        pytest.skip("nginx is not installed")
    # Not pytest's own folder: nginx that root starts works as another user, who must get in.
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield from _served(NGINX, Path(name))


def _served(program: str, folder: Path) -> Iterator[Site]:
    (folder / "static").mkdir()
    (folder / "static" / "one.css").write_text("a{}")
    (folder / "media").mkdir()
    (folder / "media" / "picture.webp").write_text("picture")
    made, secret = certificate(folder)
    behind = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Behind)
    plain, tls = free_port(), free_port()
    text = SITE
    for old, new in (
        ("/srv/bala/var/", f"{folder}/"),
        ("/etc/letsencrypt/live/bala.example/fullchain.pem", str(made)),
        ("/etc/letsencrypt/live/bala.example/privkey.pem", str(secret)),
        ("/var/cache/nginx/bala", f"{folder}/kept"),
        ("/var/log/nginx/bala.log", f"{folder}/access.log"),
        ("127.0.0.1:8000", f"127.0.0.1:{behind.server_port}"),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl", f"listen 127.0.0.1:{tls} ssl"),
    ):
        assert old in text
        text = text.replace(old, new)
    text = re.sub(r"(?m)^ *listen \[::\].*\n", "", text)
    (folder / "site.conf").write_text(text)
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;\n"
        f"events {{}}\nhttp {{ client_body_temp_path {folder}/body; proxy_temp_path {folder}/temp;\n"
        f"fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n"
        f"include {folder}/site.conf; }}\n"
    )
    start = [program, "-c", str(folder / "nginx.conf"), "-p", str(folder)]
    checked = subprocess.run([*start, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    thread = threading.Thread(target=behind.serve_forever)
    thread.start()
    process = subprocess.Popen(start)
    try:
        wait_for(f"http://127.0.0.1:{plain}/")
        with httpx.Client(verify=False) as client:  # noqa: S501 - a certificate of our own
            yield Site(client, f"https://127.0.0.1:{tls}", folder / "access.log")
    finally:
        process.terminate()
        process.wait(20)
        behind.shutdown()
        behind.server_close()
        thread.join()


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_page_is_kept_for_visitors_and_never_for_whoever_has_a_session(
    site: Site,
) -> None:
    first = site.ask("/kk/").text
    assert site.ask("/kk/").text == first
    assert site.ask("/kk/", headers={"Cookie": "csrftoken=x"}).text == first
    assert site.ask("/kk/", headers={"Cookie": "theme=dark"}).text != first
    person = {"Cookie": "sessionid=x"}
    own = site.ask("/kk/", headers=person).text
    assert first != own != site.ask("/kk/", headers=person).text
    assert site.ask("/kk/").text == first


def test_what_may_be_taken_down_is_asked_for_each_time(site: Site) -> None:
    assert site.ask("/kk/taken-down/").text != site.ask("/kk/taken-down/").text


@pytest.mark.parametrize(
    ("path", "megabytes", "status"),
    [
        ("/kk/search/", 2, 413),
        ("/kk/console/concepts/upload/", 20, 200),
        ("/kk/console/concepts/upload/", 22, 413),
        ("/files/tus/", 51, 413),
    ],
)
def test_bodies_are_capped_before_they_reach_us(
    site: Site, path: str, megabytes: int, status: int
) -> None:
    try:
        answer = site.ask(path, "POST", content=b"x" * megabytes * 1024 * 1024)
    except httpx.WriteError:  # nginx may close the line as soon as it knows the length
        assert status == 413
    else:
        assert answer.status_code == status


def test_headers_of_safety_stand_once_and_an_address_cannot_be_invented(
    site: Site,
) -> None:
    page = site.ask("/kk/console/", headers={"X-Forwarded-For": "10.9.8.7"})
    assert page.headers.get_list("X-Content-Type-Options") == ["nosniff"]
    assert page.headers[TOOK_OVER] == "127.0.0.1"
    static = site.ask("/static/one.css")
    assert static.headers.get_list("X-Content-Type-Options") == ["nosniff"]
    assert "immutable" in static.headers["Cache-Control"]
    assert site.ask("/protected/picture.webp").status_code == 404
    assert site.ask("/files/abc/w320").text == "picture"


def test_the_log_keeps_no_address_and_no_secret(site: Site) -> None:
    site.ask("/kk/consent/a-secret-of-a-letter/?q=typed")
    site.ask("/kk/")  # by then the line before is written
    line = next(one for one in site.log.read_text().splitlines() if "consent" in one)
    assert line.startswith("127.0.0.0 [")
    assert '"GET /kk/consent/..."' in line
    assert not {"a-secret", "typed"} & set(re.findall(r"[\w-]+", line))
