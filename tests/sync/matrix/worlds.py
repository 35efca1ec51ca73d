"""What real projects do, each as a world by its name: how a Jira is set up or goes wrong, before a run or once all was in step."""

from collections.abc import Callable
from dataclasses import dataclass

from jira_sandbox import Sandbox

CLOUD, SERVER = "cloud", "data-center"
BOTH = (CLOUD, SERVER)
HEAD_PROJECT, TICKET_PROJECT = "INCIDENT", "OPS"


def nothing(_jira: Sandbox) -> None:
    """Leave the Jira as it is."""


@dataclass(frozen=True)
class World:
    """`arrange` holds from the beginning, `disturb` happens once all was in step; `settings` are lines below `jira:` that a team would have then.

    With `completed` the second item is done already when it gets its ticket. `passes` where it is a fault that is over when it was met, so that a run afterwards finds a Jira that works.
    """

    name: str
    arrange: Callable[[Sandbox], None] = nothing
    disturb: Callable[[Sandbox], None] = nothing
    dialects: tuple[str, ...] = BOTH
    settings: str = ""
    passes: bool = False
    completed: bool = False


def rule(field: str, what: str) -> Callable[[Sandbox], None]:
    """A rule of the field configuration, in all projects."""
    return lambda jira: jira.set_field_rule(field, what)


def fault(match: str, do: str, *, times: int = 1, when: str = "before", skip: int = 0) -> Callable[[Sandbox], None]:
    """A fault that the next requests meet."""
    return lambda jira: jira.fault(match, do, times=times, when=when, skip=skip)


def off_screen(field: str, *operations: str) -> Callable[[Sandbox], None]:
    """A field that is not on these screens."""
    return lambda jira: jira.remove_field_from_screen(field, operations=operations)


def rewritten(jira: Sandbox) -> None:
    """Rich text is tidied up when it is kept."""
    jira.site.normalises = True


def property_window(jira: Sandbox) -> None:
    """Two writes of a property that meet are both told that they made it."""
    jira.site.property_window = 0.3


def required_field(jira: Sandbox) -> None:
    """No issue without a team, of which nobody has told the archive."""
    field = jira.add_field("Team", "select", options=("Payments", "Search"))
    for project in (HEAD_PROJECT, TICKET_PROJECT):
        jira.add_field_to_screen(field, project=project)
        jira.require_field(field, project=project)


def few_priorities(*, unnamed: bool) -> Callable[[Sandbox], None]:
    """The priority scheme lacks the ones that severities become."""
    return lambda jira: jira.set_priorities(["Low", "Lowest"], unnamed=unnamed)


def field_at_transition(jira: Sandbox) -> None:
    """Nothing is done without a field of the project's own."""
    field = jira.add_field("Verified by", "textfield")
    jira.transition_screen("Done", fields=[field], required=[field])


def two_steps(jira: Sandbox) -> None:
    """Done is two steps away, and in progress is nowhere."""
    jira.set_workflow([("To Do", "Review", "In Review"), ("In Review", "Close", "Done")])


def team_managed(jira: Sandbox) -> None:
    """Tickets are kept in a project that its team manages, whose types and statuses are called as others are."""
    fields = ["summary", "description", "labels", "duedate", "assignee", "priority"]
    jira.add_project("TEAM", screens={"Task": fields}, team_managed=True)


def tickets(jira: Sandbox) -> list[str]:
    """The keys of the tickets that a run has made."""
    return [issue["key"] for issue in jira.issues(TICKET_PROJECT) if issue["fields"].get("labels")]


def marks_lost(jira: Sandbox) -> None:
    """A migration has lost the property of every issue."""
    for issue in jira.issues():
        jira.remove_property(issue["key"], "postmortem")


def labels_lost(jira: Sandbox) -> None:
    """Somebody has tidied up all labels."""
    for issue in jira.issues():
        for label in issue["fields"]["labels"]:
            jira.remove_label(issue["key"], label)


def moved(jira: Sandbox) -> None:
    """A ticket was moved to another project."""
    jira.add_project("PLAT", screens={"Task": ["summary", "description", "labels", "duedate", "assignee", "priority"]})
    jira.move(tickets(jira)[0], "PLAT")


def deleted(jira: Sandbox) -> None:
    """A ticket was deleted."""
    jira.delete(tickets(jira)[0])


def lagging(jira: Sandbox) -> None:
    """The search stands still until somebody lets it catch up."""
    jira.lag = 100_000.0


SEARCH = "* /search**"
WORLDS = (
    World("nothing-special"),
    World("due-date-absent-from-answers", disturb=rule("duedate", "left-out")),
    World("assignee-absent-from-answers", disturb=rule("assignee", "left-out")),
    World("due-date-hidden-from-the-beginning", rule("duedate", "hidden")),
    World("due-date-accepted-and-dropped", rule("duedate", "dropped")),
    World("assignee-accepted-and-dropped", rule("assignee", "dropped")),
    World("rich-text-rewritten", rewritten),
    World("due-date-on-no-screen", off_screen("duedate", "create", "edit")),
    World("due-date-on-create-only", off_screen("duedate", "edit")),
    World("due-date-on-edit-only", off_screen("duedate", "create")),
    World("priority-on-create-only", off_screen("priority", "edit")),
    World("required-custom-field", required_field),
    World("priority-scheme", few_priorities(unnamed=False)),
    World("refusal-that-names-no-field", few_priorities(unnamed=True)),
    World("no-default-reporter", lambda jira: jira.no_default_reporter()),
    World("labels-not-on-the-screen", off_screen("labels", "create", "edit")),
    World("property-lost", disturb=marks_lost),
    World("label-lost", disturb=labels_lost),
    World("issue-moved", disturb=moved),
    World("issue-deleted", disturb=deleted),
    World("project-hidden", disturb=lambda jira: jira.hide_project(TICKET_PROJECT)),
    World("property-write-not-atomic", property_window),
    World("index-lags", lagging, passes=True),
    World("429-with-retry-after", fault("* **", "429", times=3, skip=4), passes=True),
    World("429-without-retry-after", fault("* **", "429-bare", times=2, skip=4), passes=True),
    World("429-with-a-date", fault("POST /issue", "429-date"), passes=True),
    World("503-after-a-write", fault("POST /issue", "503", when="after"), passes=True),
    World("connection-lost-after-a-write", fault("POST /issue", "reset", when="after"), passes=True),
    World("log-in-page-with-200", fault(SEARCH, "html"), passes=True),
    World("anonymous-200", fault(SEARCH, "silent-200"), passes=True),
    World("team-managed", team_managed, dialects=(CLOUD,), settings="  action_project: TEAM\n"),
    World("transition-requires-a-field", field_at_transition, completed=True),
    World("two-step-workflow", two_steps, completed=True),
)
