"""The draw as a script that anybody can run without this program: Python's standard library and nothing else."""

import json
from typing import Any

from guatu.core.cases.sampling.draw import DrawOrder

_SCRIPT = '''\
# 随机抽查复核脚本: python3 文件名.py · Repeats the draw: python3 FILE.py
import json
from hashlib import sha256

GIVEN = json.loads(r"""
{given}
""")
seed, busy = GIVEN["seed"], {{name: 0 for name in sorted(GIVEN["inspectors"])}}


def digest(*words):
    return sha256("|".join(words).encode("utf-8")).hexdigest()


def rank(name):
    tickets = range(1, GIVEN["weights"].get(name, 1) + 1)
    return min(digest(seed, name, str(ticket)) for ticket in tickets)


left = dict(GIVEN["wanted_of"])
chosen = []
for name in sorted(GIVEN["objects"], key=lambda name: (rank(name), name)):
    kind = GIVEN["classes"].get(name, "")
    if not GIVEN["wanted_of"] and len(chosen) < GIVEN["wanted"] or left.get(kind, 0) > 0:
        left[kind] = left.get(kind, 0) - 1
        chosen.append(name)

for name in chosen:
    free = [who for who in busy if [name, who] not in GIVEN["conflicts"]]
    team = sorted(free, key=lambda who: (busy[who], digest(seed, name, who), who))[: GIVEN["inspectors_each"]]
    for who in team:
        busy[who] += 1
    print(name, rank(name)[:16], *team, sep="\\t")
'''


def script_of(order: DrawOrder) -> str:
    """Text of the script; it prints each drawn object, the first 16 digits of its rank, and its inspectors, parted by
    tabs.

    Who was excluded is left out of the lists and so of the script: the page that shows it says who and why.
    """
    # In JSON a quotation mark inside a name is escaped, so three never meet and no name can end the script's string.
    return _SCRIPT.format(given=json.dumps(given_of(order), ensure_ascii=True, indent=1))


def given_of(order: DrawOrder) -> dict[str, Any]:
    """What the script draws from, as JSON holds it; in order, so that its text is the same for the same draw."""
    out = {one.name for one in order.excluded}
    objects = sorted(name for name in order.objects if name not in out)
    return {
        "seed": order.seed,
        "wanted": order.wanted,
        "inspectors_each": order.inspectors_each,
        "objects": objects,
        "inspectors": sorted(name for name in order.inspectors if name not in out),
        "weights": {name: weight for name, weight in sorted(order.weights.items()) if name not in out},
        "conflicts": sorted([name, who] for name, who in order.conflicts),
        "classes": {name: class_ for name, class_ in sorted(order.classes.items()) if name not in out},
        "wanted_of": dict(sorted(order.wanted_of.items())),
    }
