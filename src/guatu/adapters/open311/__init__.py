"""Open311 GeoReport v2, the open interface for reports of citizens: its messages on the wire, out and in.

Written after the published specification (wiki.open311.org, GeoReport v2). Nothing here answers a request: the server
hands in what was sent and sends what comes back.
"""
