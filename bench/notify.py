"""Letters a second through one worker, beside bare smtplib to the same sink in the same run.

The sink is a mail server of this machine that takes everything and keeps nothing, in a process of its
own. Letters are told as rooms tell them, and sent by the worker's own command.
"""

import multiprocessing
import smtplib
import socketserver
import time
from email.message import EmailMessage
from multiprocessing.synchronize import Event
from typing import Any

from django.conf import settings
from django.db import connection

LETTERS = 500


class _Sink(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.wfile.write(b"220 sink\r\n")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            if verb == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                while self.rfile.readline() not in (b".\r\n", b""):
                    pass
            self.wfile.write(b"250 ok\r\n")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64


def _serve(port: "multiprocessing.Queue[int]", end: Event) -> None:
    import threading

    with _Server(("127.0.0.1", 0), _Sink) as server:
        port.put(server.server_address[1])
        threading.Thread(target=server.serve_forever, daemon=True).start()
        end.wait(600)
        server.shutdown()


def run() -> None:
    """Print letters a second: bare, told, sent by the worker; and the ratios."""
    context = multiprocessing.get_context("spawn")
    port_of, end = context.Queue(), context.Event()
    sink = context.Process(target=_serve, args=(port_of, end))
    sink.start()
    try:
        _measure(port_of.get(timeout=30))
    finally:
        end.set()
        sink.join(10)


def _measure(port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    _forget()  # what a run that was stopped left
    people = _people()
    try:
        post = _as_sent(people[0])
        one_each, kept = _bare(port, post, kept=False), _bare(port, post, kept=True)
        told = _told(people)
        sent, effort = _sent()
        print(f"letters, {LETTERS:,} of {len(post) / 1000:.1f} KB")
        print(f"  bare smtplib, a connection each {one_each:8.0f} a second")
        print(f"  bare smtplib, one connection    {kept:8.0f} a second")
        print(f"  told (row and job written)      {told:8.0f} a second")
        print(
            f"  sent by one worker              {sent:8.0f} a second, "
            f"1/{one_each / sent:.1f} of bare smtplib with a connection each, "
            f"{effort:.1f} ms of processor time for each"
        )
    finally:
        _forget()


def _people() -> list[Any]:
    from bala.people.models import Account

    made = [
        Account(
            email=f"bench-letters-{n}@bala.invalid",
            full_name=f"Оқырман {n}",
            language=("kk", "ru", "en")[n % 3],
        )
        for n in range(LETTERS)
    ]
    return Account.objects.bulk_create(made)


def _context() -> dict[str, Any]:
    return {
        "campaign": {"kk": "Бақытты бала", "ru": "Счастливый ребёнок", "en": "Happy child"},
        "region": {"kk": "Алматы қаласы", "ru": "город Алматы", "en": "Almaty"},
        "slug": "bench",
        "iso": "KZ-75",
        "due": "2021-06-25",
        "is_over": False,
    }


def _as_sent(person: Any) -> bytes:
    """Return a letter as it goes over the wire, for the bare runs."""
    import json

    from bala.notify.models import Message
    from bala.notify.queries.words import words_of

    words = words_of(
        Message(
            account=person,
            kind="returns.nudge",
            key="bench",
            context=json.dumps(_context(), ensure_ascii=False),
        )
    )
    post = EmailMessage()
    post["Subject"], post["From"], post["To"] = words.subject, "a@bala.invalid", person.email
    post.set_content(words.text)
    post.add_alternative(words.html, subtype="html")
    return post.as_bytes()


def _bare(port: int, post: bytes, *, kept: bool) -> float:
    started = time.perf_counter()
    held = smtplib.SMTP("127.0.0.1", port) if kept else None
    for _number in range(LETTERS):
        line = held or smtplib.SMTP("127.0.0.1", port)
        line.sendmail("a@bala.invalid", ["b@bala.invalid"], post)
        if held is None:
            line.quit()
    if held is not None:
        held.quit()
    return LETTERS / (time.perf_counter() - started)


def _told(people: list[Any]) -> float:
    from bala.notify.actions import tell

    context = _context()
    started = time.perf_counter()
    for person in people:
        tell(account=person, kind="returns.nudge", key="bench", context=context, about="bench")
    return LETTERS / (time.perf_counter() - started)


def _sent() -> tuple[float, float]:
    """Run the worker until the queue is empty; return letters a second and what each costs in
    milliseconds of the worker's processor time."""
    from django.core.management import call_command

    from bala.notify.models import Message

    # Only these letters: what other benchmarks left in the queue is none of this figure.
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name <> 'notify.send'")
    started, used = time.perf_counter(), time.process_time()
    call_command(
        "procrastinate", "worker", "--concurrency", "2", "--one-shot", "--delete-jobs", "successful"
    )
    seconds, effort = time.perf_counter() - started, time.process_time() - used
    sent = Message.objects.filter(about="bench", state="sent").count()
    if sent != LETTERS:
        raise RuntimeError(f"only {sent} of {LETTERS} letters were sent")
    return sent / seconds, 1000 * effort / sent


def _forget() -> None:
    from bala.people.models import Account

    Account.objects.filter(email__startswith="bench-letters-").delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'notify.send'")
