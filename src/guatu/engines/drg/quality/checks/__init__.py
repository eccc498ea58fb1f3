"""The checks of quality control. A module here with `NAME` and `signals` is one; nothing else registers it."""
