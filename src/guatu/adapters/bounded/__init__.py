"""Work on bytes that strangers sent, done in a child process that has limits and no network.

`run(work, data, params, limits)` calls `work(data, params)` there. `work` is a function of a module; what it is given
and what it returns are types that msgspec knows, for the child meets hostile input with parsers written in C: what it
sends back is decoded as data, never unpickled.

    caller --(socket, request, file descriptors)--> zygote --fork--> keeper --fork--> worker

The **zygote** is one process a caller, started at the first use: it has the parsers loaded and nothing else, neither a
database connection nor a secret of the environment, and has left the network. For each request it forks a **keeper**,
which forks the **worker** and watches it and all that it starts: time, CPU time, memory. When a limit is passed, or the
caller is gone, the keeper kills the whole tree and clears away its temporary folder.

A zygote instead of a new interpreter: loading the parsers takes longer than reading most documents
(`docs/decisions/0008` has the figures). Own code instead of `multiprocessing`'s forkserver: that unpickles what its
children send, runs the caller's main module again in each, and watches nothing.
"""

from guatu.adapters.bounded.client import run
from guatu.adapters.bounded.limits import Limits, limits_for
from guatu.adapters.bounded.problems import OutOfBounds

__all__ = ["Limits", "OutOfBounds", "limits_for", "run"]
