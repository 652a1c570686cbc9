"""A mail server of a few lines that speaks as much SMTP as Django's mail does."""

import email
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message as Post


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.taken: list[Post] = []
        self.refuse: dict[str, str] = {}  # address: the answer to RCPT
        self.after_taking = threading.Event()  # set once a letter was taken
        self.may_confirm = threading.Event()  # the answer to DATA waits for it
        self.may_confirm.set()
        self.greeting = "220 ready"


class _Talk(socketserver.StreamRequestHandler):
    server: _Server

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
        self.say(self.server.greeting)
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"QUIT":
                self.say("221 bye")
                return
            if verb == b"DATA":
                self.take()
            elif verb == b"RCPT":
                to = line.split(b"<")[1].split(b">")[0].decode()
                self.say(self.server.refuse.get(to, "250 ok"))
            else:
                self.say("250 ok")

    def take(self) -> None:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        self.server.taken.append(email.message_from_bytes(b"".join(lines)))
        self.server.after_taking.set()
        self.server.may_confirm.wait(30)
        self.say("250 taken")


@contextmanager
def mail_server() -> Iterator[_Server]:
    """Run a mail server while the block runs; `taken` are the letters that it was given."""
    with _Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.may_confirm.set()
            server.shutdown()
            thread.join()
