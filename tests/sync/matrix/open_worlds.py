"""Which worlds do not keep the promises yet, in which situation, and why; strict, so that a mended one is taken off the list."""

UNFILLED = "no setting fills a field that the project requires"
UNMARKED = "labels that are on no screen are sent again by every run"
DOUBLED = "that a write of a property says 201 is taken for being the first"
UNREAD = "a run that is killed between writing a value and reading it back leaves what the server dropped as agreed"

OPEN: dict[tuple[str, str], str] = {
    **{("required-custom-field", situation): UNFILLED for situation in ("second", "two", "killed")},
    **{("labels-not-on-the-screen", situation): UNMARKED for situation in ("second", "two", "killed")},
    ("property-write-not-atomic", "two"): DOUBLED,
}

# Open only where a run dies at each of its writes in turn.
OPEN_AT_SOME_WRITE: dict[tuple[str, str], str] = {
    (f"{field}-accepted-and-dropped", "killed"): UNREAD for field in ("due-date", "assignee")
}
