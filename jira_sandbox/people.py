"""Users: who they are by default, and how the two dialects show them."""

from collections.abc import Iterable, Mapping

from jira_sandbox.exchange import Json
from jira_sandbox.site import Site

TEAM = (
    ("jane.smith", "Jane Smith"),
    ("amara.okafor", "Amara Okafor"),
    ("jose.alvarez", "José Álvarez"),
    ("ravi.patel", "Ravi Patel"),
    ("mei.tanaka", "Mei Tanaka"),
    ("noor.haddad", "Noor Haddad"),
    ("piotr.zielinski", "Piotr Zieliński"),
    ("sofia.rossi", "Sofia Rossi"),
    ("ben.carter", "Ben Carter"),
    ("hanna.virtanen", "Hanna Virtanen"),
    ("tomas.lindqvist", "Tomas Lindqvist"),
    ("lena.fischer", "Lena Fischer"),
)
BOT = "postmortem-bot"
PICTURES = ("48x48", "24x24", "16x16", "32x32")


def default_people() -> list[Mapping[str, str]]:
    """The invented people of Fernway, as `site_config/people.yml` has them."""
    return [
        {
            "handle": handle,
            "name": name,
            "email": f"{handle}@fernway.example",
            "jira": f"5f3c1a7e9b2d4c0068a1{number:04d}",
        }
        for number, (handle, name) in enumerate(TEAM, 1)
    ]


def add_people(site: Site, people: Iterable[Mapping[str, str]]) -> None:
    """Make users of `people` (handle, name, email, jira) and of the bot whose token the sandbox gives away."""
    add_user(site, BOT, name="Postmortem Bot", email="postmortem-bot@fernway.example", account="557058:postmortem-bot")
    for one in people:
        if one.get("handle") != BOT:
            handle = one["handle"]
            add_user(
                site, handle, name=one.get("name", ""), email=one.get("email", ""), account=one.get("jira") or handle
            )


def add_user(
    site: Site, handle: str, *, name: str = "", email: str = "", account: str = "", token: str = "", **more: object
) -> Json:
    """Make a user; `account` is the account id on Cloud and the user name on Data Center. `more` may set `active`, `hidden_email`, `denied` ..."""
    account = account or handle
    user: Json = {
        "id": handle,
        "accountId": account,
        "name": BOT if handle == BOT else account,
        "key": f"JIRAUSER{site.store.next('user', 10100)}",
        "displayName": name or handle,
        "emailAddress": email,
        "hidden_email": False,
        "active": True,
        "assignable": True,
        "denied": [],
        "token": token,
        "properties": {},
    }
    user |= more
    site.store.put("user", handle, user)
    return user


def user_shown(site: Site, user: Json | None) -> Json | None:
    """A user as the API shows them, without the e-mail where it is hidden."""
    if user is None:
        return None
    picture = f"{site.base}/secure/useravatar?ownerId={user['key']}"
    shown: Json = {
        "self": site.address(
            f"/user?accountId={user['accountId']}" if site.cloud else f"/user?username={user['name']}"
        ),
        "emailAddress": user["emailAddress"],
        "avatarUrls": {size: f"{picture}&size={size}" for size in PICTURES},
        "displayName": user["displayName"],
        "active": user["active"],
        "timeZone": "Etc/UTC",
    }
    if user["hidden_email"] or not user["emailAddress"]:
        del shown["emailAddress"]
    if site.cloud:
        kind = "app" if user["id"] == BOT and user.get("app") else "atlassian"
        return {**shown, "accountId": user["accountId"], "accountType": kind}
    return {**shown, "name": user["name"], "key": user["key"]}


def user_of(site: Site, handle: str | None) -> Json | None:
    """The stored user, shown."""
    return user_shown(site, site.store.get("user", handle)) if handle else None
