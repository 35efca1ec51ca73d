"""Links of an issue: to other issues, and to pages elsewhere."""

from generator.clients.jira.calls import JiraCalls, issue_reference
from generator.clients.jira.model import LinkType, RemoteLink
from generator.clients.jira.reading import link_type_from, listed, remote_link_body, remote_link_from


class JiraLinks:
    """What is done with links."""

    _calls: JiraCalls

    def link(self, type_name: str, inward_key: str, outward_key: str) -> None:
        """Link two issues, so that the first one "blocks" (the type's outward words) the second.

        Linking again changes nothing, as no comment is sent.
        """
        body = {
            "type": {"name": type_name},
            "inwardIssue": {"key": issue_reference(inward_key)},
            "outwardIssue": {"key": issue_reference(outward_key)},
        }
        self._calls.write("POST", "issueLink", body=body)

    def link_types(self) -> tuple[LinkType, ...]:
        """The types of links that this Jira has. Raises NotFoundError where links are switched off."""
        raw = self._calls.read("issueLinkType")
        return tuple(link_type_from(one) for one in listed(raw.get("issueLinkTypes"), "the types of links"))

    def remote_links(self, id_: str) -> tuple[RemoteLink, ...]:
        """An issue's links to pages elsewhere, ours and others'."""
        return tuple(
            remote_link_from(one) for one in self._calls.read_list("issue", issue_reference(id_), "remotelink")
        )

    def put_remote_link(self, id_: str, link: RemoteLink) -> None:
        """Add a link, or replace the one with the same `global_id`; the others stay as they are."""
        self._calls.write("POST", "issue", issue_reference(id_), "remotelink", body=remote_link_body(link))
