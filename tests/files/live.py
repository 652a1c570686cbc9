"""A real server for the tests of uploads, and a network in front of it that can be held and cut."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.test import Client

from bala.people.models import Account

PIECE = 64 * 1024


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(holds: Callable[[], bool], seconds: float = 90) -> None:
    """Wait for what another process does."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


class Server:
    """The web server as production runs it, on the tests' database; it can be killed and started."""

    def __init__(self, folder: Path) -> None:
        self.port, self.folder = free_port(), folder
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        address = urlsplit(os.environ["DATABASE_URL"])
        name = connection.settings_dict["NAME"]
        environment = {
            **os.environ,
            "DATABASE_URL": address._replace(path=f"/{name}").geturl(),
            "SECRET_KEY": settings.SECRET_KEY,
            "BALA_UPLOADS": str(settings.BALA_UPLOADS),
            "BALA_VAR": str(self.folder),
            "BALA_MFA_REQUIRED": "0",
            "BALA_QUOTA_MB": str(settings.BALA_QUOTA_MB),
            "DEBUG": "1",
        }
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
                *("--host", "127.0.0.1", "--port", str(self.port), "--blocking-threads", "4"),
                *("--log-level", "warning", "bala.wsgi:application"),
            ],
            env=environment,
            start_new_session=True,  # its workers are killed with it
        )
        until(self._answers)

    def kill(self) -> None:
        """End all of its processes with SIGKILL, in the middle of whatever they do."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(30)
            self.process = None

    def _answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, "the server ended"
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as probe:
            probe.sendall(b"OPTIONS /files/tus/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            return probe.recv(12).startswith(b"HTTP/1.1 204")
        return False


class Network:
    """What lies between a client and the server: it lets so many bytes through, and can be cut."""

    def __init__(self, port: int) -> None:
        self.behind = port
        self.left = float("inf")  # bytes that may still go to the server
        self.changed = threading.Condition()
        self.sockets: list[socket.socket] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def allow(self, count: float) -> None:
        """Let so many more bytes through from now on."""
        with self.changed:
            self.left = count
            self.changed.notify_all()

    def cut(self) -> None:
        """Break every connection that stands."""
        with self.changed:
            broken, self.sockets = self.sockets, []
        for each in broken:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _address = self.listener.accept()
                try:
                    server = socket.create_connection(("127.0.0.1", self.behind), 5)
                except OSError:  # the server is away
                    client.close()
                    continue
                server.settimeout(None)
                self.sockets += [client, server]
                for one, other, held in ((client, server, True), (server, client, False)):
                    threading.Thread(
                        target=self._pump, args=(one, other, held), daemon=True
                    ).start()

    def _pump(self, one: socket.socket, other: socket.socket, held: bool) -> None:
        with suppress(OSError):
            while data := one.recv(PIECE):
                while data:
                    count = len(data)
                    if held:
                        with self.changed:
                            self.changed.wait_for(lambda: self.left > 0)
                            count = int(min(count, self.left))
                            self.left -= count
                    other.sendall(data[:count])
                    data = data[count:]
        for each in (one, other):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()


@contextmanager
def serving(folder: Path) -> Iterator[tuple[Server, Network]]:
    """Run the server behind its network."""
    server = Server(folder)
    network = Network(server.port)
    try:
        server.start()
        yield server, network
    finally:
        network.listener.close()
        network.cut()
        network.allow(float("inf"))
        server.kill()


def headers_of(account: Account) -> dict[str, str]:
    """What a browser of the person sends along."""
    client = Client()
    client.force_login(account)
    token = "t" * 32
    cookie = f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}"
    return {"Cookie": cookie, "X-CSRFToken": token, "Accept-Language": "en"}


def node(order: dict[str, Any]) -> "subprocess.Popen[str]":
    """Start tus-js-client under node."""
    import json

    root = Path(__file__).parent.parent.parent
    script = Path(__file__).parent / "tus_client.mjs"
    whole = {"modules": str(root / "package.json"), "chunk": 16 * 1024 * 1024, **order}
    return subprocess.Popen(
        ["node", str(script), json.dumps(whole)], stdout=subprocess.PIPE, text=True
    )
