"""What villages disclose in time, and what is missing: for the town and the supervision office."""

from __future__ import annotations

from guatu.web.kit.pages import listed
from guatu.web.public.selectors.disclosing import DUTIES

disclosure_list = listed("public.view", DUTIES)
