"""GitHub's answers in their full shape, with invented values."""

MOMENT = "2026-11-20T12:00:00Z"
_HOME_URLS = [
    "archive",
    "assignees",
    "blobs",
    "branches",
    "collaborators",
    "comments",
    "commits",
    "compare",
    "contents",
    "contributors",
    "deployments",
    "downloads",
    "events",
    "forks",
    "git_commits",
    "git_refs",
    "git_tags",
    "hooks",
    "issue_comment",
    "issue_events",
    "issues",
    "keys",
    "labels",
    "languages",
    "merges",
    "milestones",
    "notifications",
    "pulls",
    "releases",
    "stargazers",
    "statuses",
    "subscribers",
    "subscription",
    "tags",
    "teams",
    "trees",
    "clone",
    "git",
    "ssh",
    "svn",
]
_FLAGS = [
    "fork",
    "private",
    "has_downloads",
    "has_issues",
    "has_projects",
    "has_wiki",
    "has_pages",
    "has_discussions",
    "archived",
    "disabled",
]
_COUNTS = [
    "forks",
    "forks_count",
    "open_issues",
    "open_issues_count",
    "size",
    "stargazers_count",
    "watchers",
    "watchers_count",
    "network_count",
    "subscribers_count",
]
_USER_URLS = [
    "avatar",
    "events",
    "followers",
    "following",
    "gists",
    "html",
    "organizations",
    "received_events",
    "repos",
    "starred",
    "subscriptions",
]


def user(login: str) -> dict:
    """An account; the names of apps end with [bot]."""
    home = f"https://api.github.example.com/users/{login}"
    return {
        **{f"{name}_url": f"{home}/{name}" for name in _USER_URLS},
        "url": home,
        "login": login,
        "id": sum(login.encode()),
        "node_id": "U_1",
        "gravatar_id": "",
        "site_admin": False,
        "type": "Bot" if login.endswith("[bot]") else "User",
    }


def repository(name: str, site: str) -> dict:
    """A repository."""
    home = f"{site}/{name}"
    return {
        **{f"{one}_url": f"{home}/{one}" for one in _HOME_URLS},
        **dict.fromkeys(_FLAGS, False),
        **dict.fromkeys(_COUNTS, 0),
        **dict.fromkeys(("description", "homepage", "language", "mirror_url", "license"), None),
        **dict.fromkeys(("pushed_at", "created_at", "updated_at"), MOMENT),
        "id": 1,
        "node_id": "R_1",
        "name": name.partition("/")[2],
        "full_name": name,
        "owner": user(name.partition("/")[0]),
        "html_url": home,
        "url": home,
        "default_branch": "main",
    }


def _label(name: str) -> dict:
    url = f"https://api.github.example.com/labels/{name}"
    return {"id": 1, "node_id": "L_1", "url": url, "name": name, "description": "", "color": "ededed", "default": False}


def event(name: str, number: int, author: str, home: str) -> dict:
    """Something that happened to an issue or pull request."""
    return {
        "id": 1,
        "node_id": "EV_1",
        "url": f"{home}/issues/events/{number}",
        "actor": user(author),
        "event": name,
        "commit_id": None,
        "commit_url": None,
        "created_at": MOMENT,
    }


def comment(identity: int, author: str, body: str, home: str, number: int) -> dict:
    """A comment on an issue or pull request."""
    return {
        "id": identity,
        "node_id": "IC_1",
        "html_url": f"{home}/issues/{number}#issuecomment-{identity}",
        "issue_url": f"{home}/issues/{number}",
        "url": f"{home}/issues/comments/{identity}",
        "user": user(author),
        "body": body,
        "created_at": MOMENT,
        "updated_at": MOMENT,
    }


def issue(number: int, held: dict, home: str) -> dict:
    """An issue."""
    url = f"{home}/issues/{number}"
    urls = dict.fromkeys(("url", "html_url", "diff_url", "patch_url"), "")
    reason = held.get("state_reason")
    return {
        **({"state_reason": reason} if reason else {}),
        **({"pull_request": urls} if held.get("pull") else {}),
        "assignees": [user(login) for login in held.get("assignees", ())],
        **{f"{name}_url": f"{url}/{name}" for name in ("comments", "events", "labels", "html", "repository")},
        "html_url": url,
        "id": number,
        "node_id": "I_1",
        "number": number,
        "title": held["title"],
        "body": held["body"],
        "labels": [_label(name) for name in held["labels"]],
        "assignee": None,
        "milestone": None,
        "closed_at": None if held["state"] == "open" else MOMENT,
        "comments": 0,
        "state": held["state"],
        "locked": False,
        "url": url,
        "user": user(held["author"]),
        "created_at": MOMENT,
        "updated_at": MOMENT,
    }


def pull(number: int, held: dict, name: str, site: str) -> dict:
    """A pull request."""
    home = f"{site}/{name}"
    url = f"{home}/pull/{number}"
    urls = ["comments", "commits", "diff", "issue", "patch", "review_comment", "review_comments", "statuses"]
    links = ["comments", "commits", "statuses", "html", "issue", "review_comments", "review_comment", "self"]
    ends = {
        end: {
            "label": f"{name.partition('/')[0]}:{held[end]}",
            "ref": held[end],
            "sha": "0" * 40,
            "repo": repository(name, site),
            "user": user(name.partition("/")[0]),
        }
        for end in ("head", "base")
    }
    return {
        **{f"{one}_url": f"{url}/{one}" for one in urls},
        **ends,
        **dict.fromkeys(["additions", "changed_files", "comments", "commits", "deletions", "review_comments"], 1),
        **dict.fromkeys(
            ["assignee", "auto_merge", "closed_at", "merge_commit_sha", "merged_at", "merged_by", "milestone"]
        ),
        "_links": {one: {"href": url} for one in links},
        "html_url": url,
        "url": url,
        "id": number,
        "node_id": "PR_1",
        "number": number,
        "title": held["title"],
        "body": held["body"],
        "draft": held["draft"],
        "state": held["state"],
        "labels": [_label(name) for name in held.get("labels", ())],
        "locked": False,
        "merged": False,
        "mergeable": None,
        "mergeable_state": "unknown",
        "maintainer_can_modify": False,
        "author_association": "NONE",
        "user": user(held["author"]),
        "created_at": MOMENT,
        "updated_at": MOMENT,
    }
