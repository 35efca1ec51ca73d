"""An issue's way from status to status."""

from collections.abc import Mapping
from typing import Any

from generator.clients.jira.calls import JiraCalls, issue_reference
from generator.clients.jira.model import Transition
from generator.clients.jira.reading import listed, transition_from


class Workflow:
    """What is done with an issue's status."""

    _calls: JiraCalls

    def transitions(self, id_: str) -> tuple[Transition, ...]:
        """The ways that are open to this account now; none at all may also mean that it has no permission."""
        query = {"expand": "transitions.fields"}
        raw = self._calls.read("issue", issue_reference(id_), "transitions", query=query)
        return tuple(transition_from(one) for one in listed(raw.get("transitions"), "the transitions"))

    def transition(self, id_: str, transition_id: str, fields: Mapping[str, Any] | None = None) -> None:
        """Go one of the ways, with the fields that its screen asks for."""
        body: dict[str, Any] = {"transition": {"id": transition_id}}
        if fields:
            body["fields"] = dict(fields)
        self._calls.write("POST", "issue", issue_reference(id_), "transitions", body=body, safe=False)
