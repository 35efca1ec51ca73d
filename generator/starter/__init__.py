"""What a new archive holds: the answers of a person, the texts filled with them, and what may be done with each file."""

from generator.starter.answering import READERS, Answers, answers_of
from generator.starter.deciding import Decision, Found, State, decide
from generator.starter.filling import fill
from generator.starter.project import UNKNOWN_OWNER, tool

__all__ = ["READERS", "UNKNOWN_OWNER", "Answers", "Decision", "Found", "State", "answers_of", "decide", "fill", "tool"]
