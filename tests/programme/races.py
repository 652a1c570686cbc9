"""Doing the same thing from many processes at once."""

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier

from django.db import connections


def race(act: Callable[[int], str], *, times: int) -> list[str]:
    """Call `act(number)` in `times` processes that start together; return what each returned.

    Each process has a database connection of its own; what it raises comes back as its class's name.
    """
    context = multiprocessing.get_context("fork")
    connections.close_all()  # a child must not share the parent's
    start = context.Barrier(times)
    pipes = []
    processes = []
    for number in range(times):
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=_run, args=(act, number, start, there))
        process.start()
        there.close()
        pipes.append(here)
        processes.append(process)
    answers = [str(pipe.recv()) for pipe in pipes]
    for process in processes:
        process.join(timeout=60)
    return answers


def _run(
    act: Callable[[int], str],
    number: int,
    start: Barrier,
    answer: Connection,
) -> None:
    start.wait(timeout=60)
    try:
        said = act(number)
    except Exception as error:
        said = type(error).__name__
    connections.close_all()
    answer.send(said)
    answer.close()
