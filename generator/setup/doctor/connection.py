"""The way to Jira: where it is, which kind it is, and whether it accepts the credentials."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.clients.jira import JiraUser
from generator.errors import NotFoundError, PostmortemError, RefusedError, RemoteError, UnauthorisedError, UsageError
from generator.settings import load as config
from generator.setup.doctor.context import DoctorContext
from generator.setup.doctor.diagnosis import Diagnosis, Examination, fault, fine, unknown, warning

BACK_END, ADDRESS, DEPLOYMENT, CREDENTIALS = "back end", "address", "deployment", "credentials"
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_CLOUD = "Jira Cloud wants JIRA_BASE_URL, JIRA_EMAIL and JIRA_API_TOKEN, Data Center JIRA_BASE_URL and JIRA_PAT"
_NEW = "Make a new one (id.atlassian.com, Security, API tokens) and set JIRA_API_TOKEN."
_NEW_PAT = "Make a new one (your profile in Jira, Personal Access Tokens) and set JIRA_PAT."


def examinations(case: DoctorContext) -> Iterator[Examination]:
    """The way to Jira, step by step; what comes after it needs `credentials`. Nothing but a word where it is not used."""
    yield Examination(BACK_END, _back_end)
    if case.only_others:
        return
    yield Examination(ADDRESS, _address, (BACK_END,), "Check JIRA_BASE_URL, and from here the network and its proxy.")
    yield Examination(DEPLOYMENT, _deployment, (ADDRESS,))
    yield Examination(
        CREDENTIALS, _credentials, (DEPLOYMENT,), "Check JIRA_BASE_URL and, where it is set, JIRA_API_URL."
    )
    yield Examination("token age", _age, (CREDENTIALS,))


def _back_end(case: DoctorContext) -> Iterator[Diagnosis]:
    if case.only_others:
        yield unknown(BACK_END, "Jira is not set up; postmortems are kept elsewhere.")
        return
    try:
        found = config.jira(case.settings)
    except UsageError as error:
        yield fault(BACK_END, str(error), f"{_CLOUD}; the credentials stand in the environment alone.")
        return
    if found is None:
        advice = f"Set `url:` and `project:` below `jira:` in site_config/archive.yml. {_CLOUD}, in the environment."
        yield fault(BACK_END, "Nothing is configured that keeps issues, so there is nothing to sync with.", advice)
        return
    if "/ex/jira/" in found.site:
        advice = f"Set JIRA_BASE_URL to the address that people open, and JIRA_API_URL={found.site}."
        yield warning(BACK_END, f"{found.site} is an address for programs; nobody can open an issue there.", advice)
        return
    kind = "Cloud" if found.cloud else "Data Center"
    yield fine(BACK_END, f"Jira {kind} at {found.site}{'' if found.api == found.site else f', asked at {found.api}'}.")


def _address(case: DoctorContext) -> Iterator[Diagnosis]:
    """Whether anything answers there; who we are does not matter yet."""
    site = case.connection.site
    try:
        case.server = _server(case)
    except (UnauthorisedError, RefusedError):
        case.server = None  # somebody is at home, and opens to nobody without a log-in
    safe = "by https" if site.startswith("https:") else "on this machine"
    yield fine(ADDRESS, f"{site} answers, {safe}.")


def _server(case: DoctorContext) -> dict[str, object]:
    """What Jira says to strangers about itself; each kind knows another version of the same question."""
    asked = case.stranger(case.connection.site)
    versions = ("3", "2") if case.connection.cloud else ("2", "3")
    problem: RemoteError | None = None
    for version in versions:
        try:
            told = asked.get(f"/rest/api/{version}/serverInfo").json()
        except NotFoundError as error:
            problem = RemoteError(f"{error} Is this the address of a Jira, with its context path if it has one?")
            continue
        if isinstance(told, dict) and told.get("deploymentType"):
            return told
        problem = RemoteError(f"{case.connection.site} answers, but not as a Jira does. Is the address the right one?")
    raise problem or RemoteError(f"{case.connection.site} does not answer as a Jira does.")


def _deployment(case: DoctorContext) -> Iterator[Diagnosis]:
    told, cloud = case.server, case.connection.cloud
    if told is None:
        yield unknown(
            DEPLOYMENT, "Jira says to nobody without a log-in which kind it is; the credentials will show it."
        )
        return
    is_cloud = str(told["deploymentType"]).casefold() == "cloud"
    version = str(told.get("version") or "")
    name = "Jira Cloud" if is_cloud else f"Jira Data Center {version}".strip()
    if is_cloud and not cloud:
        yield fault(
            DEPLOYMENT,
            "This is Jira Cloud, and JIRA_PAT or `deployment: data-center` is set, as for Data Center.",
            "Unset JIRA_PAT, set JIRA_EMAIL and JIRA_API_TOKEN, and `deployment: auto` or `cloud`.",
        )
    elif cloud and not is_cloud:
        yield fault(
            DEPLOYMENT,
            f"This is {name}, and the credentials or `deployment:` are those of Jira Cloud.",
            "Set JIRA_PAT to a personal access token, and `deployment: auto` or `data-center`.",
        )
    else:
        yield fine(DEPLOYMENT, f"{name}, as it is set.")


def _credentials(case: DoctorContext) -> Iterator[Diagnosis]:
    try:
        me = case.jira.myself()
    except UnauthorisedError as error:
        yield _refused(case, error)
        return
    shown = me.id if me.name == me.id else f"{me.name} ({me.id})"
    if me.active:
        yield fine(CREDENTIALS, f"Jira knows us as {shown}.")
    else:
        yield warning(CREDENTIALS, f"Jira knows us as {shown}, an account that is not active.", "Activate it.")


def _refused(case: DoctorContext, error: UnauthorisedError) -> Diagnosis:
    """Why the credentials are not accepted, and what helps; a token with scopes is tried where such tokens work."""
    words = str(error)
    if "CAPTCHA" in words:
        advice = "Log in to Jira with a browser as this account, solve the CAPTCHA, and put the token right before."
        return fault(CREDENTIALS, words, advice)
    if "log-in page" in words:
        advice = "Check JIRA_BASE_URL (is a single sign-on or a proxy between?), then the token. "
        return fault(CREDENTIALS, words, advice + (_NEW if case.connection.cloud else _NEW_PAT))
    if not case.connection.cloud:
        return fault(CREDENTIALS, words, _NEW_PAT)
    api = _gateway(case)
    me = _at(case, api) if api else None
    if api and me:
        words = f"The token is one with scopes, which does not work at {case.connection.site}; as {me.name} it works at {api}."
        return fault(CREDENTIALS, words, f"Set JIRA_API_URL={api} (or `api_url:` below `jira:`).")
    also = f" A token with scopes works only with JIRA_API_URL={api}." if api else ""
    return fault(CREDENTIALS, words, f"The token is wrong, expired or not JIRA_EMAIL's. {_NEW}{also}")


def _gateway(case: DoctorContext) -> str:
    """The address at which tokens with scopes work for this site; empty where it does not give its cloud id."""
    site = case.connection.site
    if case.connection.api != site or _here(site) != _here(case.gateway):
        return ""
    try:
        told = case.stranger(site).get("/_edge/tenant_info").json()
    except RemoteError:
        return ""
    id_ = str(told.get("cloudId") or "") if isinstance(told, dict) else ""
    return f"{case.gateway}/ex/jira/{id_}" if id_ and id_.replace("-", "").isalnum() else ""


def _at(case: DoctorContext, api: str) -> JiraUser | None:
    """As whom we are known at another address, if we are."""
    try:
        return case.elsewhere(api).myself()
    except PostmortemError:
        return None


def _here(address: str) -> bool:
    return (urlsplit(address).hostname or "") in _LOOPBACK


def _age(case: DoctorContext) -> Iterator[Diagnosis]:
    if case.connection.cloud:
        yield unknown(
            "token age",
            "Jira does not say when the token ends, and it lives a year at most.",
            "Look it up where it was made (id.atlassian.com, Security, API tokens) and put the day into a calendar.",
        )
    else:
        yield unknown(
            "token age",
            "Jira does not say here when the token ends; most do.",
            "Look it up where it was made (your profile, Personal Access Tokens) and put the day into a calendar.",
        )
