"""guatu (挂图): compiles government plans, links them to a county and runs them month by month."""

__version__ = "0.1.0"
