"""Who is who: this account, others by their e-mail address or id, and what this account keeps for itself."""

from typing import Any

from generator.clients.jira.calls import JiraCalls, Query
from generator.clients.jira.dialects import JiraDialect
from generator.clients.jira.model import JiraUser, account_from
from generator.clients.jira.reading import Raw
from generator.errors import NotFoundError, RefusedError, RemoteError, UnauthorisedError

_SHOWN = 5


class JiraUsers:
    """What is done with users; each is looked for once in the life of a client, as Jira limits that most of all."""

    _calls: JiraCalls
    _dialect: JiraDialect

    def __init__(self) -> None:
        self._me: JiraUser | None = None
        self._by_email: dict[str, JiraUser | None] = {}
        self._by_id: dict[str, JiraUser | None] = {}

    def myself(self) -> JiraUser:
        """The account that the credentials belong to; to be asked before anything else.

        Raises UnauthorisedError where they are wrong, expired or of nobody.
        """
        try:
            raw = self._calls.read("myself")
        except RefusedError as error:
            problem: RemoteError = UnauthorisedError(str(error)) if error.status == 403 else error
        except NotFoundError as error:
            problem = RemoteError(f"{error} Is this the address of a Jira, with its context path if it has one?")
        else:
            self._me = account_from(raw)
            if self._me is not None:
                return self._me
            problem = UnauthorisedError("Jira does not know whom the credentials belong to.")
        raise problem

    def find_account(self, email: str) -> JiraUser | None:
        """The active user with this e-mail address, or the only one found where addresses are hidden; None for nobody.

        Raises RefusedError where several may be meant.
        """
        email = email.strip().casefold()
        if email and email not in self._by_email:
            self._by_email[email] = self._found(email)
        return self._by_email.get(email)

    def account(self, id_: str) -> JiraUser | None:
        """The user with this id, or None."""
        if id_ and id_ not in self._by_id:
            try:
                self._by_id[id_] = account_from(self._calls.read("user", query=self._dialect.user_query(id_)))
            except NotFoundError:
                self._by_id[id_] = None
        return self._by_id.get(id_)

    def my_property(self, name: str) -> Any:
        """What this account keeps under a name, or None."""
        try:
            return self._calls.read("user", "properties", name, query=self._mine()).get("value")
        except NotFoundError:
            return None

    def set_my_property(self, name: str, value: object) -> bool:
        """Keep something under a name; True where nothing was there before.

        After a time-out it is sent again, and then False may be said of what this call itself has created.
        """
        answer = self._calls.write("PUT", "user", "properties", name, body=value, query=self._mine())
        return answer.status == 201

    def delete_my_property(self, name: str) -> None:
        """Forget what is kept under a name; nothing there is as well."""
        try:
            self._calls.write("DELETE", "user", "properties", name, query=self._mine())
        except NotFoundError:
            return

    def _mine(self) -> Query:
        return self._dialect.user_query((self._me or self.myself()).id)

    def _found(self, email: str) -> JiraUser | None:
        query = {**self._dialect.people_query(email), "maxResults": 50}
        people = [person for raw in self._calls.read_list("user", "search", query=query) if (person := _person(raw))]
        exact = [person for person in people if person.email.casefold() == email]
        hidden = [person for person in people if not person.email]
        likely = exact or hidden
        if len(likely) > 1:
            names = ", ".join(f"{person.name} ({person.id})" for person in likely[:_SHOWN])
            raise RefusedError(
                f"Jira knows {len(likely)} users whom {email} may mean: {names}. "
                "Name the one that is meant by its id, as `jira:` in site_config/people.yml.",
                409,
            )
        return likely[0] if likely else None


def _person(raw: Raw) -> JiraUser | None:
    """A user who is active and a person, not an app or a customer of a portal."""
    account = account_from(raw)
    return account if account and account.active and raw.get("accountType", "atlassian") == "atlassian" else None
