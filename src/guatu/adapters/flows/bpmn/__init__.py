"""From a BPMN 2.0 file, our own or of another editor, to the core's Flow.

Every well-formed file that has a process opens; what cannot run is named, element by element with its line, and what is
an error keeps the flow from being published. Nothing in a file is ever run: scripts, called services and expressions of
other engines stay in it, are named, and somebody does by hand what they would do.

Own attributes (namespace `guatu`): on the process `confidential`, `readers`, `run` (of several processes in one file,
the one that runs); on a step `role` (several parted by blanks, as `readers`), `fields` (`photo note?`, a question mark
for what may be left out), `clock`, `rework`; on a timer `clock`; on a business rule task `decision`; on a sequence flow
`verb`; everywhere `name-en`.
"""

from guatu.adapters.flows.bpmn.elements import BPMN
from guatu.adapters.flows.bpmn.processes import processes_of, renamed_process, with_process
from guatu.adapters.flows.bpmn.reading import read_flow

__all__ = ["BPMN", "processes_of", "read_flow", "renamed_process", "with_process"]
