"""The start page of the administration: what waits for this person, gathered from the desks of all rooms."""

import datetime as dt
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from accounts.models import User
from common.desk import Waiting
from step.desk import my_measures

ROOMS = ["step", "participation", "konzeptplan", "leitbild", "accounts"]  # in the order of the office's work


def start_page(user: User, today: dt.date) -> dict[str, Any]:
    """What the template of the start page shows beside Django's list of desks."""
    measures, number, url = my_measures(user, today)
    return {"waiting": gather(user, today), "my_measures": measures, "my_number": number, "my_url": url}


def gather(user: User, today: dt.date) -> list[Waiting]:
    """Everything that waits, also what is empty: a zero says that nothing was forgotten."""
    desks = [import_module(f"{room}.desk") for room in ROOMS if find_spec(f"{room}.desk")]
    return [waiting for desk in desks for waiting in desk.waiting_for(user, today)]
