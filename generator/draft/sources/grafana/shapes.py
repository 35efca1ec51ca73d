"""Where incidents, activity and tasks lie in what Grafana Incident answers and sends."""

from generator.draft.sources.extract.json import dicts, dig, text


def incidents(payload: object) -> list[dict[str, object]]:
    """The incidents that an answer or a webhook holds, as they stand there."""
    holders = [payload, dig(payload, "incident"), dig(payload, "data", "incident")]
    found = [one for holder in holders for one in dicts([holder]) if _is_incident(one)]
    if found:
        return found[:1]
    for key in ("incidents", "incidentPreviews"):
        if found := [one for one in dicts(dig(payload, key)) if _is_incident(one)]:
            return found
    found = [one for item in dicts(payload) for one in incidents(item)]
    return found if isinstance(payload, list) and len(found) == len(payload) else []


def _is_incident(one: dict[str, object]) -> bool:
    return (
        "incidentID" in one
        and "title" in one
        and bool({"createdTime", "overviewURL", "isDrill", "incidentStart"} & one.keys())
    )


def activity(payload: object) -> list[dict[str, object]]:
    """The entries of an incident's activity that lie in a payload."""
    if isinstance(payload, dict):
        near = [
            *dicts(payload.get("activityItems")),
            *dicts([payload.get("activityItem")]),
            *dicts(dig(payload, "activity")),
        ]
        found = [one for one in near if "activityItemID" in one]
        deeper = dig(payload, "activity")
        return found or (activity(deeper) if isinstance(deeper, dict) else [])
    if isinstance(payload, list) and payload:
        found = [one for one in dicts(payload) if "activityItemID" in one]
        return found if len(found) == len(payload) else []
    return []


def tasks(payload: object) -> list[dict[str, object]]:
    """The tasks that lie in a payload."""
    near = dicts(dig(payload, "taskList", "tasks")) or dicts(dig(payload, "tasks")) or dicts([dig(payload, "task")])
    return [one for one in near if "taskID" in one]


def is_empty(payload: object) -> bool:
    """Whether an answer says that there is nothing."""
    keys = payload.keys() if isinstance(payload, dict) else ()
    return "cursor" in keys and bool({"incidents", "incidentPreviews", "activityItems"} & set(keys))


def belonging(one: dict[str, object], activity: list[dict[str, object]], incidents: int) -> list[dict[str, object]]:
    """The activity of one incident; where there is one alone, all of it."""
    ref = text(one.get("incidentID"))
    return [item for item in activity if incidents == 1 or text(item.get("incidentID")) == ref]
