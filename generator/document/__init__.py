"""One postmortem as data: read, queried, edited by span; and the questions that have one answer."""
