"""New postmortems from sources: what each knows is fetched, merged, written once, with its files beside it."""

from generator.drafting.backlog import Backlog, Outcome
from generator.drafting.desk import Desk, Drafted, Wish

__all__ = ["Backlog", "Desk", "Drafted", "Outcome", "Wish"]
