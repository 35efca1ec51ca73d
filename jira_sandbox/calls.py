"""What a program or a world file may ask of a sandbox by name; the methods of `Sandbox` that are safe to give away."""

from collections.abc import Mapping
from typing import Any

from jira_sandbox.building import Building

# POST /_sandbox/do/<name> with the arguments as an object, or `{"call": <name>, ...}` below `do` in a world file.
CALLS = (
    "add_user", "set_user", "add_project", "add_field", "add_epics", "add_to_project", "add_issue", "set_status", "set_fields", "assign", "comment", "link",
    "put_remote_link", "worklog", "move", "delete", "hide", "hide_project", "archive", "set_property", "remove_property", "remove_label", "remove_field_from_screen",
    "add_field_to_screen", "require_field", "set_field_rule", "set_priorities", "no_default_reporter", "transition_screen", "set_workflow", "fault", "clear_faults", "barrier", "release",
    "settle", "forget_requests",
)  # fmt: skip


def call(sandbox: Building, name: str, arguments: Mapping[str, Any]) -> Any:
    """Do one of `CALLS`; what it returns. Raises `ValueError` for another one, `TypeError` for wrong arguments."""
    if name not in CALLS:
        raise ValueError(f"There is no call {name!r}; there are {', '.join(CALLS)}.")
    return getattr(sandbox, name)(**arguments)
