"""Why nothing may be done about an issue before people have decided something."""

from generator.sync.plan.changes import Change, Conflict, MissingIssue
from generator.sync.plan.identity import global_id
from generator.sync.plan.snapshot import Ref, Snapshot


def blocked(ref: Ref, path: str, snapshot: Snapshot, *, recreate: bool) -> list[Change]:
    """Why nothing may be done about an issue, if so."""
    name = ref[0] if ref[1] is None else f"{ref[0]} #{ref[1]}"
    if ref in snapshot.doubles:
        keys = snapshot.doubles[ref]
        message = (
            f"{', '.join(keys)} all carry the mark of {name} ({global_id(*ref)}). Decide which one stays, remove the label"
            " from the others, and write its key into the file."
        )
        return [Conflict(ref=ref, path=path, code="several-issues", message=message)]
    if ref in snapshot.taken:
        key, owner = snapshot.taken[ref]
        message = f"{name} names {key}, but {key} belongs to {owner}. Correct the key in the file."
        return [Conflict(ref=ref, key=key, path=path, code="key-of-another", message=message)]
    if ref in snapshot.unseen:
        key = snapshot.missing[ref]
        message = (
            f"{key} of {name} lies where this account may see nothing, so nobody knows whether it is there: give the"
            " account access to its project. Nothing is created in its place, with --recreate neither."
        )
        return [MissingIssue(ref=ref, key=key, path=path, message=message)]
    if ref in snapshot.missing and not recreate:
        key = snapshot.missing[ref]
        message = (
            f"{key} of {name} was deleted, or this account may not see it. It is not created again without --recreate."
        )
        return [MissingIssue(ref=ref, key=key, path=path, message=message)]
    return []
