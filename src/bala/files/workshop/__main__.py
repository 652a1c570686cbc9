"""`python -m bala.files.workshop`: reads an order on standard input, writes lines of JSON.

{"progress": 40} while it works, then {"result": …} or {"refused": reason}.
"""

import contextlib
import ctypes
import json
import os
import resource
import signal
import sys
import traceback
from typing import Any

from bala.files.workshop.errors import Refused
from bala.files.workshop.work import Order, Result

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Do one order, within its limits."""
    order = Order(**json.loads(sys.stdin.read()))
    _limit(order)
    try:
        say(result=_work(order).as_dict())
    except Refused as error:
        say(refused=error.reason)
    except MemoryError:
        say(refused="heavy")
    except Exception:  # a parser that did not expect this file: the log keeps where
        traceback.print_exc()
        say(refused="broken")


def say(**words: Any) -> None:
    """Write one line to whoever ordered the work."""
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def _work(order: Order) -> Result:
    if order.kind == "picture":
        from bala.files.workshop import pictures

        return pictures.make(order)
    if order.kind == "film":
        from bala.files.workshop import films

        os.nice(10)  # a film takes long: pages go first
        return films.make(order, say)
    if order.kind == "document":
        from bala.files.workshop import documents

        return documents.make(order)
    raise Refused("type")


def _limit(order: Order) -> None:
    """Take limits that cannot be taken back, before any parser is loaded."""
    resource.setrlimit(resource.RLIMIT_AS, (order.memory_bytes, order.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (order.cpu_seconds, order.cpu_seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError, AttributeError):
        # A worker that is killed takes its workshop with it (Linux).
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    main()
