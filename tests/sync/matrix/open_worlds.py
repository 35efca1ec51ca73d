"""Which worlds do not keep the promises yet, in which situation, and why; strict, so that a mended one is taken off the list."""

UNFILLED = "no setting fills a field that the project requires"
UNMARKED = "labels that are on no screen are sent again by every run"
DOUBLED = "that a write of a property says 201 is taken for being the first"
UNREAD = "a run that is killed between writing a value and reading it back leaves what the server dropped as agreed"
NAMELESS = "a refusal that names no field fails every ticket"
UNMOVED = "a status that is more than one step away is tried again by every run"
ASKED = "no setting fills the field that a transition asks for, and the status is tried again by every run"
LATER = ("second", "two", "killed")

OPEN: dict[tuple[str, str], str] = {
    **{("required-custom-field", situation): UNFILLED for situation in LATER},
    **{("labels-not-on-the-screen", situation): UNMARKED for situation in LATER},
    **{("refusal-that-names-no-field", situation): NAMELESS for situation in LATER},
    **{("two-step-workflow", situation): UNMOVED for situation in LATER},
    **{("transition-requires-a-field", situation): ASKED for situation in LATER},
    ("property-write-not-atomic", "two"): DOUBLED,
}

# Open only where a run dies at each of its writes in turn.
OPEN_AT_SOME_WRITE: dict[tuple[str, str], str] = {
    (f"{field}-accepted-and-dropped", "killed"): UNREAD for field in ("due-date", "assignee")
}
