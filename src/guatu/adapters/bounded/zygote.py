"""The process that is forked for each piece of work: parsers loaded, no network, one thread.

Called as `python -m guatu.adapters.bounded.zygote FD`, the number of a socket (SOCK_SEQPACKET) on which requests come;
it ends when the other side closes it.
"""

import contextlib
import gc
import os
import signal
import socket
import sys
from collections import Counter
from importlib import import_module

import msgspec

from guatu.adapters.bounded.keeper import keep
from guatu.adapters.bounded.network import NetworkStays, leave_network
from guatu.adapters.bounded.wire import Request

_MOST = 1 << 16
PRELOAD, WARM = "preload", "warm"
"""Functions of a module of work that are called here, once, and never see a document: the first loads what the work
needs; the second, before the second piece of work, makes what is only worth its time where more come.
"""


def main(control: socket.socket) -> None:
    with contextlib.suppress(NetworkStays):  # what needs isolation asks for it again, and is refused
        leave_network()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # keepers leave no zombies
    loaded: Counter[str] = Counter()
    while True:
        message, fds, _, _ = socket.recv_fds(control, _MOST, 3)
        if not message:
            return
        request = msgspec.msgpack.decode(message, type=Request)
        loaded[request.module] += 1
        if loaded[request.module] <= len(_CALLED):
            _call(request.module, _CALLED[loaded[request.module] - 1])
        _start(request, control, fds)


def _start(request: Request, control: socket.socket, fds: list[int]) -> None:
    if os.fork() == 0:
        code = 1
        try:
            control.close()
            keep(request, socket.socket(fileno=fds[0]), *fds[1:])
            code = 0
        finally:
            os._exit(code)
    for fd in fds:
        os.close(fd)


_CALLED = (PRELOAD, WARM)


def _call(name: str, what: str) -> None:
    """Loads a module and what it names. One that cannot be loaded fails again in the worker, whose caller is told."""
    with contextlib.suppress(Exception):
        getattr(import_module(name), what, _nothing)()
    gc.collect()
    gc.freeze()  # pages that the collector does not touch stay shared


def _nothing() -> None:
    """What a module without such a function needs."""


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
