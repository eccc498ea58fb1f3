"""The server of the pages: a slow client never holds a thread.

`receiving` reads heads and bodies within limits of time and size, `server` runs one process, `processes` several on one
address. docs/decisions/0007-slow-clients.md says why it is built on waitress.
"""
