"""What people do between the workflows: an incident resolves, a draft is filled in and merged, a ticket is closed."""

from tests.clients.github.clones import Clone
from tests.end_to_end.worlds import World

TITLE = "Checkout errors for one in five customers"
BODY = """\
## Summary

Every fifth payment failed for 34 minutes, as the pool of connections was too small for the evening's load.

## Impact

- 1,204 orders were paid later.

## Timeline

All times are UTC.

| Time | Event | Source |
|---|---|---|
| 2026-11-12 09:14 | The first payments fail | Grafana |
| 2026-11-12 09:48 | The pool is twice as large, and payments work | Chat |
| 2026-11-12 10:02 | Resolved | Jira |

## Root cause

The size of the pool is a constant that nothing compares with the load.

## Contributing factors

1. **No alert**: the saturation of the pool is measured, and nothing watches it.

## Resolution

The pool was made larger, and the share of failed payments fell to its usual level.

## Action items

| # | Action | Owner | Due date | Status | Ticket |
|---|---|---|---|---|---|
| 1 | Size the pool of connections from the load | @jane.smith | 2026-11-18 | open |  |
| 2 | Alert on the saturation of the pool | @amara.okafor | 2026-11-13 | open |  |

## Lessons learned

### What went well

- The dashboard showed the pool within two minutes.

### What didn't go well

- The limit was written down nowhere.

### Where we got lucky

- It was a quiet evening.
"""


def resolve(world: World, title: str = TITLE, *, day: str = "12", severity: str = "SEV2") -> str:
    """An incident that is over; its key."""
    return world.jira.add_issue(
        "OPS",
        summary=title,
        type="Incident",
        status="Done",
        assignee="jane.smith",
        created=f"2026-11-{day}T09:14:00.000+0000",
        resolved=f"2026-11-{day}T10:02:00.000+0000",
        fields={
            "customfield_10100": {"value": severity},
            "customfield_10107": ["payment-service"],
            "customfield_10111": {"accountId": "acc-jane"},
        },
    )


def branch_of(incident: str) -> str:
    """The branch of an incident's draft."""
    return f"postmortem/{incident.lower()}"


def path_of(world: World, branch: str) -> str:
    """The file that a branch brings."""
    return world.seed.git("diff", "--name-only", f"main...{branch}", at=world.seed.origin).splitlines()[0]


def event(world: World, branch: str) -> tuple[Clone, dict]:
    """A clone at the last commit of a pull request, and the event that GitHub sends for it."""
    clone = world.clone()
    clone.git("checkout", "-q", branch)
    number = next(n for n, held in world.hub.archive.pulls.items() if held["head"] == branch)
    head = {"sha": clone.git("rev-parse", "HEAD"), "repo": {"full_name": "fernway-example/postmortems"}, "ref": branch}
    base = {"sha": clone.git("merge-base", "HEAD", "origin/main")}
    return clone, {"pull_request": {"number": number, "base": base, "head": head}}


def fill_in(world: World, branch: str, change: tuple[str, str] = ("", ""), status: str = "published") -> str:
    """Answer every question of the draft, add action items, publish, with one change of words; the file's path."""
    path = path_of(world, branch)
    clone = world.clone()
    clone.git("checkout", "-q", branch)
    clone.write(path, filled(clone.at_origin(path, branch), status).replace(*change, 1))
    clone.commit("Answer what the draft asks")
    return path


def filled(text: str, status: str) -> str:
    """A draft without anything left to do."""
    head = text[4:].partition("\n---\n")[0].splitlines()
    kept = [line for line in head if not line.startswith(("#", "status:"))]
    said = [f"status: {status}", "started: 2026-11-12T09:14:00Z", "mitigated: 2026-11-12T09:48:00Z"]
    said += ["reviewed: 2026-11-17", "published: 2026-11-18"]
    known = {line.partition(":")[0] for line in kept}
    return "\n".join(["---", *kept, *(one for one in said if one.partition(":")[0] not in known), "---", "", BODY])


def merge(world: World, branch: str) -> None:
    """Merge the pull request, as its button does."""
    clone = world.clone()
    clone.git("merge", "-q", "--no-ff", "-m", f"Merge {branch}", f"origin/{branch}")
    clone.git("push", "-q", "origin", "HEAD:main")
    number = next(n for n, held in world.hub.archive.pulls.items() if held["head"] == branch)
    world.hub.archive.pulls[number].update(state="closed", draft=False)


def close_ticket(world: World, item: int) -> str:
    """Somebody finishes an action item in Jira; the ticket's key."""
    key = next(i["key"] for i in world.jira.issues() if f"postmortem-INC-2026-0001-{item}" in i["fields"]["labels"])
    world.jira.set_status(key, "Done")
    return key
