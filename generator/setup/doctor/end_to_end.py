"""The whole way once: two test issues are created, changed, linked, found, moved and removed again.

Whatever happens on the way, what was created is removed, and what could not be removed is named by its key.
"""

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from generator.clients.jira import Created, RemoteLink
from generator.clients.jira.fields import is_rich, shape
from generator.clients.jira.jql import among
from generator.errors import NotFoundError, OutcomeUnknownError, PostmortemError, RemoteError
from generator.markup.plain import words_of
from generator.setup.doctor.context import DoctorContext
from generator.setup.doctor.diagnosis import Diagnosis, Health, fault, fine, unknown, warning
from generator.setup.doctor.fields import CATEGORY
from generator.sync.plan.identity import claim_name
from generator.sync.plan.texts import DESCRIPTION

SUBJECT = "end to end"
SUMMARY = "Test of postmortem doctor, which may be deleted"
PROPERTY = "postmortem.doctor"
LONGEST_LAG = 30.0  # seconds
_TEXT = "Written by **postmortem doctor**, to see whether this field takes text."


def try_out(case: DoctorContext, *, wait: Callable[[float], None] = time.sleep) -> list[Diagnosis]:
    """Go the whole way and tell of each step; `wait` is what passes the time while the search catches up."""
    trial = _Trial(case, wait)
    try:
        trial.go()
    finally:
        trial.remove()
    return trial.found


class _Trial:
    """One trial: what was found so far, and what is to be removed."""

    def __init__(self, case: DoctorContext, wait: Callable[[float], None]) -> None:
        self.case, self.jira, self._wait = case, case.jira, wait
        self.found: list[Diagnosis] = []
        self._made: list[Created] = []
        self._lost = False  # whether an issue may exist whose key is not known
        self._run = uuid.uuid4().hex[:12]
        self._label = f"postmortem-doctor-{self._run}"

    def go(self) -> None:
        """All steps, each by itself; without a first issue there is nothing more to try."""
        self._claims()
        first = self._create("1 of 2")
        second = self._create("2 of 2") if first else None
        if first is None:
            self.found.append(unknown(_step("the rest"), "Not tried, as there is no test issue."))
            return
        self._assign(first)
        if second:
            self._link(first, second)
        else:
            self.found.append(unknown(_step("link"), "Not tried, as there is no second test issue."))
        self._page(first)
        self._read(first)
        self._search(first)
        self._move(first)

    def remove(self) -> None:
        """Remove what was created."""
        with self._trying("remove"):
            left = [made.key for made in self._all() if not self._removed(made)]
            if left:
                words = f"Could not be removed: {', '.join(left)}."
                advice = "Delete them in Jira, or give this account the permission Delete Issues and try again."
                self.found.append(fault(_step("remove"), words, advice))
                self.case.tell(words)
            elif self._lost:
                words = f"Jira may have created an issue without saying so; no issue has the label {self._label} yet."
                self.found.append(warning(_step("remove"), words, "Search for that label later, and delete it."))
            elif self._made:
                self.found.append(fine(_step("remove"), "The test issues are gone again."))

    def _claims(self) -> None:
        """Whether this account can keep properties of its own, and learns who was first."""
        name = claim_name(f"doctor-{self._run}")
        with self._trying("own properties", "Sync keeps two runs apart by them; look what this account may not do."):
            try:
                first, second = self.jira.set_my_property(name, {"by": "doctor"}), self.jira.set_my_property(name, {})
            finally:
                self.jira.delete_my_property(name)
            if first and not second:
                self.found.append(fine(_step("own properties"), "They can be written, and Jira says who is first."))
            else:
                words = (
                    "They can be written, but Jira does not say who was first; two runs at once may double an issue."
                )
                advice = "Let only one run of sync happen at a time (a concurrency group of the CI)."
                self.found.append(warning(_step("own properties"), words, advice))

    def _create(self, number: str) -> Created | None:
        advice = "Look at the diagnoses of the project, its screen and its permissions."
        with self._trying("create", advice):
            screen = self.case.screen(self.case.home)
            texts = {id_: self.jira.render(_TEXT).value for id_ in self._texts()}
            fields: dict[str, object] = {
                "project": {"key": screen.project},
                "issuetype": {"id": screen.type_id},
                "summary": f"{SUMMARY} ({number})",
                **texts,
                **({"labels": [self._label]} if "labels" in screen.fields else {}),
                **self._choice(),
            }
            made = self._post(fields)
            self._made.append(made)
            self.case.tell(f"{made.key} was created, a test issue")
            self.found.append(fine(_step("create"), f"{made.key} was created with {len(texts)} texts."))
            return made
        return None

    def _post(self, fields: dict[str, object]) -> Created:
        """Create an issue; until Jira has said yes or no, also where somebody interrupts us, there may be one."""
        before, self._lost = self._lost, True
        try:
            made = self.jira.create(fields, properties={PROPERTY: {"run": self._run}})
        except OutcomeUnknownError:
            raise
        except RemoteError:
            self._lost = before
            raise
        self._lost = before
        return made

    def _texts(self) -> list[str]:
        """The text fields that a postmortem is written into."""
        screen = self.case.screen(self.case.home)
        wanted = self.case.wishes.fields.mapped()
        ids = [self.case.screens.field_of(part) for part in wanted if part != CATEGORY]
        return [
            id_ for id_ in dict.fromkeys([DESCRIPTION, *ids]) if id_ in screen.fields and is_rich(screen.fields[id_])
        ]

    def _choice(self) -> dict[str, object]:
        """The first option of the field for the category."""
        if CATEGORY not in self.case.wishes.fields.mapped():
            return {}
        meta = self.case.screen(self.case.home).fields.get(self.case.screens.field_of(CATEGORY))
        return {meta.id: shape(meta, meta.allowed[0])} if meta and meta.allowed else {}

    def _assign(self, made: Created) -> None:
        with self._trying("assign", "Give this account Assign Issues and Assignable User in the project."):
            me = self.jira.myself()
            self.jira.assign(made.id, me)
            who = self.jira.issue(made.id, fields=("assignee",)).assignee
            if who and who.id == me.id:
                self.found.append(fine(_step("assign"), f"{made.key} was given to {me.name}."))
            else:
                self.found.append(warning(_step("assign"), f"{made.key} was given to {me.name}, and is not theirs."))

    def _link(self, made: Created, other: Created) -> None:
        advice = "Look at the diagnosis of the link types, and at the permission Link Issues."
        with self._trying("link", advice, warn=True):
            self.jira.link(self.case.wishes.link_type, made.key, other.key)
            links = self.jira.issue(made.id, fields=("issuelinks",)).links
            if any(link.other_id == other.id for link in links):
                self.found.append(fine(_step("link"), f"{made.key} was linked to {other.key}."))
            else:
                words = f"{made.key} was linked to {other.key}, and does not show it."
                self.found.append(warning(_step("link"), words, "Add Linked Issues to the fields of the project."))

    def _page(self, made: Created) -> None:
        address = self.case.settings.url or "https://postmortems.example.com/"
        page = RemoteLink(f"postmortem:doctor:{self._run}", address, SUMMARY, application="Postmortem archive")
        with self._trying("page link", "Give this account the permission Link Issues.", warn=True):
            self.jira.put_remote_link(made.id, page)
            self.jira.put_remote_link(made.id, page)
            count = sum(link.global_id == page.global_id for link in self.jira.remote_links(made.id))
            if count == 1:
                self.found.append(fine(_step("page link"), "A page was linked to the issue, twice, and is there once."))
            else:
                self.found.append(
                    warning(_step("page link"), f"A page was linked to the issue, and {count} are there.")
                )

    def _read(self, made: Created) -> None:
        """Whether the issue is what was sent."""
        with self._trying("read back"):
            texts = self._texts()
            issue = self.jira.issue(made.id, fields=("summary", "labels", *texts), properties=(PROPERTY,))
            sent = words_of(self.jira.render(_TEXT).value)
            other = [id_ for id_ in texts if words_of(issue.fields.get(id_)) != sent]
            if not issue.summary.startswith(SUMMARY):
                other.append("summary")
            if self._labelled() and self._label not in issue.labels:
                other.append("labels")
            if issue.properties.get(PROPERTY) != {"run": self._run}:
                other.append(f"the property {PROPERTY}")
            if other:
                words = f"Not as it was sent: {', '.join(other)}."
                advice = "Look for automations and workflow functions that rewrite new issues."
                self.found.append(fault(_step("read back"), words, advice))
            else:
                self.found.append(fine(_step("read back"), "Everything is as it was sent."))

    def _search(self, made: Created) -> None:
        with self._trying("search"):
            if not self._labelled():
                self.found.append(unknown(_step("search"), "Not tried, as labels are not on the screen."))
                return
            lag, pause = 0.0, 0.25
            while not self._searched(made):
                if lag >= LONGEST_LAG:
                    words = f"After {lag:.0f} seconds the search by label still did not find {made.key}."
                    advice = "Search for it later. Sync does not rely on the search alone, but waits longer then."
                    self.found.append(warning(_step("search"), words, advice))
                    return
                self._wait(pause)
                lag, pause = lag + pause, min(pause * 2, 4.0)
            words = f"within {lag:.1f} seconds" if lag else "at once"
            self.found.append(fine(_step("search"), f"The search by label found {made.key} {words}."))

    def _searched(self, made: Created) -> bool:
        jql = among("labels", [self._label])
        return any(issue.id == made.id for issue in self.jira.search(jql, fields=("key",), limit=5))

    def _labelled(self) -> bool:
        return "labels" in self.case.screen(self.case.home).fields

    def _move(self, made: Created) -> None:
        with self._trying("move", "Give this account the permission Transition Issues.", warn=True):
            steps = self.jira.transitions(made.id)
            free = [one for one in steps if not any(m.required and not m.has_default for m in one.fields.values())]
            if not free:
                words = f"{made.key} has no step that can be taken without more to fill in ({len(steps)} steps in all)."
                advice = "Look at the workflow, and whether this account has the permission Transition Issues."
                self.found.append(warning(_step("move"), words, advice))
                return
            step = next((one for one in free if one.to.category == "indeterminate"), free[0])
            self.jira.transition(made.id, step.id)
            now = self.jira.issue(made.id, fields=("status",)).status
            self.found.append(
                fine(_step("move"), f"{step.name!r} led {made.key} to {now.name if now else 'nowhere'!r}.")
            )

    def _all(self) -> list[Created]:
        """The issues that were created, those included of which Jira said nothing and that the search knows."""
        if self._lost:
            try:
                issues = self.jira.search(among("labels", [self._label]), fields=("key",), limit=5)
            except RemoteError as error:
                self.found.append(warning(_step("remove"), f"It was not found out what else was created: {error}"))
                issues = ()
            known = {made.id for made in self._made}
            self._made += [Created(issue.id, issue.key) for issue in issues if issue.id not in known]
            self._lost = len(issues) <= len(known)
        return self._made

    def _removed(self, made: Created) -> bool:
        """Delete an issue and say whether it is gone; one that is gone already is."""
        try:
            self.jira.delete(made.id)
        except NotFoundError:
            return True
        except OutcomeUnknownError:
            return self._gone(made)
        except RemoteError as error:
            self.found.append(fault(_step("remove"), f"{made.key}: {error}"))
            return False
        return True

    def _gone(self, made: Created) -> bool:
        try:
            self.jira.issue(made.id, fields=())
        except NotFoundError:
            return True
        except RemoteError:
            return False
        return False

    @contextmanager
    def _trying(self, step: str, advice: str = "", *, warn: bool = False) -> Iterator[None]:
        """A step whose errors are a diagnosis and do not end the others."""
        try:
            yield
        except PostmortemError as error:
            verdict = Health.WARNING if warn else Health.FAULT
            self.found.append(Diagnosis(_step(step), verdict, str(error), advice))


def _step(name: str) -> str:
    return f"{SUBJECT}: {name}"
