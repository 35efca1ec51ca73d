"""JQL held against issues: every clause is checked once and becomes a question to ask of each of them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from jira_sandbox import adf
from jira_sandbox.clock import moment_of
from jira_sandbox.exchange import Json
from jira_sandbox.jql import Both, Call, Clause, Empty, JqlError, Node, Not, Operand, Query
from jira_sandbox.jql_dates import moment
from jira_sandbox.present import CATEGORIES
from jira_sandbox.site import Site

Test = Callable[[Json], bool]
KEYS = {"key", "id", "issue", "issuekey"}
DATES = {
    "created": "created",
    "createddate": "created",
    "updated": "updated",
    "updateddate": "updated",
    "resolved": "resolutiondate",
    "resolutiondate": "resolutiondate",
    "statuscategorychangeddate": "statuscategorychangedate",
    "due": "duedate",
    "duedate": "duedate",
}
NAMED = {"project": "project", "status": "status", "issuetype": "issuetype", "type": "issuetype"}
KEPT = {"resolution": "resolution", "priority": "priority"}
PEOPLE = {"assignee", "reporter", "creator"}
TEXTS = {"summary", "description", "text", "comment", "environment"}
EQUALITY = {"=", "!=", "in", "not in"}
ORDERS = {"<", "<=", ">", ">="}


class Matcher:
    """Turns the tree of a query into tests; with `strict` off, names that nobody knows find nothing instead of failing."""

    def __init__(self, site: Site, user: Json | None, *, strict: bool) -> None:
        self._site, self._user, self._strict = site, user, strict
        self.warnings: list[str] = []

    def test(self, node: Node) -> Test:
        """The test of a tree. Raises `JqlError`."""
        if isinstance(node, Both):
            tests = [self.test(part) for part in node.parts]
            fold = all if node.every else any
            return lambda issue: fold(test(issue) for test in tests)
        if isinstance(node, Not):
            inner = self.test(node.part)
            return lambda issue: not inner(issue)
        return self._clause(node)

    def _clause(self, clause: Clause) -> Test:
        name = clause.field.lower()
        if name in DATES or ((kind := self._custom(clause.field)) and kind["type"] in {"date", "datetime"}):
            return self._dates(clause, DATES.get(name) or self._custom(clause.field)["id"])  # type: ignore[index]
        if name in TEXTS and clause.operator in {"~", "!~"}:
            return self._text(clause, name)
        if clause.operator not in EQUALITY:
            raise JqlError(f"The operator '{clause.operator}' is not supported by the '{clause.field}' field.")
        values, wanted, empty = self._values(clause, name)
        positive = clause.operator in {"=", "in"}

        def holds(issue: Json) -> bool:
            found = values(issue)
            if not found:
                return empty if positive else not empty and not wanted
            return bool(wanted & found) if positive else not wanted & found

        return holds

    def _values(self, clause: Clause, name: str) -> tuple[Callable[[Json], set[str]], set[str], bool]:
        """How a field's values are read from an issue, which ones are wanted, and whether having none is."""
        empty = any(isinstance(one, Empty) for one in clause.operands)
        operands = [one for one in clause.operands if not isinstance(one, Empty)]
        read, find = self._reading(clause.field, name)
        wanted: set[str] = set()
        for operand in operands:
            found = find(operand)
            if not found and not isinstance(operand, Call):
                text = self._unknown(clause.field, name, operand)
                if self._strict:
                    raise JqlError(text)
                self.warnings.append(text)
            wanted |= found
        return read, wanted, empty

    def _reading(self, field: str, name: str) -> tuple[Callable[[Json], set[str]], Callable[[Operand], set[str]]]:
        if name in KEYS:
            return lambda issue: {issue["id"]}, self._issues
        if name in NAMED:
            kind = NAMED[name]
            return lambda issue: {issue[kind]}, lambda operand: self._named(kind, operand)
        if name == "statuscategory":
            return self._category, self._categories
        if name in KEPT:
            return lambda issue: _some(issue["fields"].get(name)), lambda operand: self._named(name, operand)
        if name in PEOPLE:
            return lambda issue: _some(issue["fields"].get(name)), self._people
        if name == "labels":
            return lambda issue: {one.lower() for one in issue["fields"].get("labels", [])}, _lower
        custom = self._custom(field)
        if custom is None:
            raise JqlError(f"Field '{field}' does not exist or you do not have permission to view it.")
        key, options = custom["id"], {one["value"].lower(): one["id"] for one in custom["options"]}

        def find(operand: Operand) -> set[str]:
            text = _word(operand).lower()
            return (
                self._people(operand)
                if custom["type"] == "user"
                else {options[text]}
                if text in options
                else (set() if options else {text})
            )

        def read(issue: Json) -> set[str]:
            value = issue["fields"].get(key)
            return {
                str(one) if options else str(one).lower()
                for one in (value if isinstance(value, list) else [value])
                if one
            }

        return read, find

    def _custom(self, name: str) -> Json | None:
        for field in self._site.store.all("field"):
            if field["kind"] and name.lower() in {one.lower() for one in [*field["clauses"], field["id"]]}:
                return field
        return None

    def _issues(self, operand: Operand) -> set[str]:
        if isinstance(operand, Call):
            if operand.name.lower() != "issueswithremotelinksbyglobalid":
                raise JqlError(f"Unable to find JQL function '{operand.name}({', '.join(operand.arguments)})'.")
            links = self._site.store.all("remote_link")
            return {link["issue"] for link in links if link["globalId"] in operand.arguments}
        found = self._site.known(_word(operand))
        return {found["id"]} if found and not found["hidden"] and self._browsable(found["project"]) else set()

    def _browsable(self, project: str) -> bool:
        """Whether whoever asks may see a project; a filter of nobody's sees all."""
        return self._user is None or self._site.may(self._user, "BROWSE_PROJECTS", project)

    def _named(self, kind: str, operand: Operand) -> set[str]:
        word = _word(operand)
        names = ("id", "name", "key") if kind == "project" else ("id", "name")
        return {
            one["id"]
            for one in self._site.store.all(kind)
            if word.lower() in {str(one[name]).lower() for name in names}
            and (kind != "project" or self._browsable(one["id"]))
        }

    def _people(self, operand: Operand) -> set[str]:
        if isinstance(operand, Call):
            if operand.name.lower() == "currentuser":
                return {self._user["id"]} if self._user else set()
            raise JqlError(f"Unable to find JQL function '{operand.name}({', '.join(operand.arguments)})'.")
        user = self._site.person(operand) or self._site.by("user", operand, "emailAddress")
        return {user["id"]} if user else set()

    def _category(self, issue: Json) -> set[str]:
        return {self._site.of("status", issue["status"])["category"]}

    def _categories(self, operand: Operand) -> set[str]:
        word = _word(operand).lower()
        return {key for key, (number, _, name) in CATEGORIES.items() if word in {key, str(number), name.lower()}}

    def _dates(self, clause: Clause, key: str) -> Test:
        def value(issue: Json) -> datetime | None:
            text = issue[key] if key in issue else issue["fields"].get(key)
            return moment_of(text) if text else None

        if any(isinstance(one, Empty) for one in clause.operands):
            if clause.operator not in {"=", "!="}:
                raise JqlError(f"The operator '{clause.operator}' does not support EMPTY.")
            return lambda issue: (value(issue) is None) == (clause.operator == "=")
        if clause.operator not in ORDERS | {"=", "!="}:
            raise JqlError(f"The operator '{clause.operator}' is not supported by the '{clause.field}' field.")
        operand = clause.operands[0]
        wanted = moment(operand if isinstance(operand, Call) else str(operand), self._site.clock.now(), clause.field)
        compare: dict[str, Callable[[datetime], bool]] = {
            "<": lambda at: at < wanted,
            "<=": lambda at: at <= wanted,
            ">": lambda at: at > wanted,
            ">=": lambda at: at >= wanted,
            "=": lambda at: at == wanted,
            "!=": lambda at: at != wanted,
        }
        holds = compare[clause.operator]
        return lambda issue: (at := value(issue)) is not None and holds(at)

    def _text(self, clause: Clause, name: str) -> Test:
        words = _word(clause.operands[0]).lower().replace('"', " ").replace("*", " ").split()

        def holds(issue: Json) -> bool:
            fields = issue["fields"]
            parts = [
                adf.text_of(fields.get(one))
                for one in ("summary", "description", "environment")
                if name in {one, "text"}
            ]
            if name in {"comment", "text"}:
                parts += [adf.text_of(one["body"]) for one in issue["comments"]]
            text = " ".join(parts).lower()
            return all(word in text for word in words) == (clause.operator == "~")

        return holds

    def _unknown(self, field: str, name: str, operand: Operand) -> str:
        word = _word(operand)
        if name in KEYS and word.isdecimal():
            return f"A value with ID '{word}' does not exist for the field '{field}'."
        if name in KEYS:
            return f"An issue with key '{word}' does not exist for field '{field}'."
        return f"The value '{word}' does not exist for the field '{field}'."


def ordered(site: Site, query: Query, found: list[Json]) -> list[Json]:
    """Issues in the order that a query asks for, else the newest first. Raises `JqlError`."""
    found = sorted(found, key=lambda issue: int(issue["id"]), reverse=True)
    for field, upwards in reversed(query.order):
        key = _order_key(site, field)
        found.sort(key=lambda issue: (key(issue) is not None, key(issue) or 0), reverse=not upwards)
    return found


def _order_key(site: Site, field: str) -> Callable[[Json], Any]:
    name = field.lower()
    if name in KEYS:
        return lambda issue: (site.of("project", issue["project"])["key"], int(issue["key"].rpartition("-")[2]))
    if name in {"due", "duedate"}:
        return lambda issue: issue["fields"].get("duedate")
    if name in DATES:
        return lambda issue: issue[DATES[name]]
    if name in NAMED:
        return lambda issue: int(issue[NAMED[name]])
    if name in {"priority", "resolution"}:
        # The highest priority has the lowest id, and comes first downwards.
        return lambda issue: -int(value) if (value := issue["fields"].get(name)) else None
    if name in PEOPLE | {"summary"}:
        return lambda issue: issue["fields"].get(name)
    raise JqlError(f"Not able to sort using field '{field}'.")


def _word(operand: Operand) -> str:
    if isinstance(operand, str):
        return operand
    raise JqlError("A function or EMPTY cannot stand here.")


def _lower(operand: Operand) -> set[str]:
    return {_word(operand).lower()}


def _some(value: str | None) -> set[str]:
    return {value} if value else set()
