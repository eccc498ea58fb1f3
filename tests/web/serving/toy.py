"""python -m tests.web.serving.toy PORT PROCESSES: the product's server before an application that does next to nothing.

/pid says who answers, /sleep/2 takes two seconds, /burn/60 for ever without letting go of Python's lock, /large/N is N
bytes long; everything else says how large the body was, or why there is none. Who sends a cookie may send a megabyte, and so
may all at /public.
"""

import logging
import os
import re
import resource
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

from guatu.web.serving.limits import Limits
from guatu.web.serving.processes import Pages, listen
from guatu.web.serving.verdicts import REFUSED, SMALL, Verdict

LARGEST = 2**20
# Twice the time with each letter more.
_EVIL = re.compile("(a+)+b")


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    _, what, *rest = environ["PATH_INFO"].split("/")
    if what == "sleep":
        time.sleep(float(rest[0]))
    if what == "burn":
        _EVIL.match("a" * int(rest[0]))
    if why := environ[REFUSED]:
        start("413 Too Large", [("Content-Type", "text/plain")])
        return [why.encode()]
    size = len(environ["wsgi.input"].read())
    start("200 OK", [("Content-Type", "text/plain")])
    if what == "large":
        return [bytes(2**20)] * (int(rest[0]) // 2**20)
    return [str(os.getpid() if what == "pid" else size).encode()]


def judge(environ: dict[str, Any]) -> Verdict:
    known, public = "HTTP_COOKIE" in environ, environ["PATH_INFO"] == "/public"
    return Verdict(LARGEST if known or public else SMALL, known)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    if largest := os.environ.get("TOY_LARGEST_FILE"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(largest), resource.RLIM_INFINITY))
    Pages(application, judge, listen("127.0.0.1", int(sys.argv[1])), Limits.read(os.environ), int(sys.argv[2])).run()
