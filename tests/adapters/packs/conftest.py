"""Flows run with SpiffWorkflow, which belongs to the extra `web`; without it these tests are not collected."""

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("SpiffWorkflow") else ["test_*.py"]
