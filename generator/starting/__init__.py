"""A new archive on disk: what is there is looked at, what is shipped is filled in, and nothing of a person is lost."""

from generator.starting.planning import Archive, look, plan
from generator.starting.writing import carry_out

__all__ = ["Archive", "carry_out", "look", "plan"]
