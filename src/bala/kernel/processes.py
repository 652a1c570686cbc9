"""Starting the processes of one machine, and ending them together."""

import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

GRACE_SECONDS = 10


def run_bala(arguments: list[str]) -> int:
    """Run `bala ARGUMENTS` as a process of its own with this environment; return its exit code.

    Signals reach it through the terminal's process group or are passed on.
    """
    process = subprocess.Popen([sys.executable, "-m", "bala", *arguments])
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _frame: process.send_signal(received))
    return process.wait()


def port_is_free(port: int) -> bool:
    """Whether nothing listens on the port of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def serve(
    *,
    port: int,
    host: str = "127.0.0.1",
    workers: int = 1,
    with_worker: bool = True,
    application: str = "bala.wsgi:application",
) -> None:
    """Serve web and jobs until SIGINT or SIGTERM, or until one of the two ends by itself."""
    # Threads that each have a heap of their own keep three times the memory that they need.
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    commands = [
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi"),
            *("--host", host, "--port", str(port), "--workers", str(workers)),
            *("--blocking-threads", "4", "--no-ws", "--log-level", "warning"),
            application,
        ]
    ]
    if with_worker:
        commands.append([sys.executable, "-m", "bala", "worker"])
    # A session of their own: Ctrl-C reaches this process alone, which then ends them in order.
    processes = [subprocess.Popen(command, start_new_session=True) for command in commands]
    ended = _Ended()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ended)
    while not ended.asked and all(process.poll() is None for process in processes):
        time.sleep(0.2)
    _end(processes)


class _Ended:
    asked = False

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True


def _end(processes: list["subprocess.Popen[bytes]"]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for process in processes:
        try:
            process.wait(max(deadline - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
