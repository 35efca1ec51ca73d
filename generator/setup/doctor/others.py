"""The other places that an archive may talk to: Confluence, repositories with action items, Slack."""

from collections.abc import Iterator

from generator.errors import UsageError
from generator.settings import load as config
from generator.settings.load import trackers
from generator.settings.load.github import Repository
from generator.setup.doctor.context import DoctorContext
from generator.setup.doctor.diagnosis import Diagnosis, Examination, fine

CONFLUENCE, GITHUB, SLACK = "Confluence", "GitHub", "Slack"


def examinations(case: DoctorContext) -> Iterator[Examination]:
    """One for each place that is set up; nothing is written there."""
    if case.settings.confluence.space or case.settings.confluence.url:
        advice = "Check `confluence:` in site_config/archive.yml, and CONFLUENCE_EMAIL and CONFLUENCE_API_TOKEN or CONFLUENCE_PAT."
        yield Examination(CONFLUENCE, _confluence, advice=advice)
    if case.settings.repositories():
        yield Examination(GITHUB, _github, advice="Check `github:` in site_config/archive.yml, and GITHUB_TOKEN.")
    if case.settings.slack.channel:
        yield Examination(SLACK, _slack, advice="Check `slack:` in site_config/archive.yml, and SLACK_BOT_TOKEN.")


def _confluence(case: DoctorContext) -> Iterator[Diagnosis]:
    from generator.clients.confluence import connect

    found = config.confluence(case.settings)
    if found is None:
        raise UsageError("`confluence: url` is set, but no `space`, so no postmortem has a page there.")
    confluence = connect(found, waits=case.waits, log=case.tell)
    name = confluence.myself()
    space = confluence.space(case.settings.confluence.space)
    yield fine(CONFLUENCE, f"{found.site} knows us as {name}, and the space {space.key} can be seen.")


def _github(case: DoctorContext) -> Iterator[Diagnosis]:
    for repository in trackers(case.settings):
        yield _repository(case, repository)


def _repository(case: DoctorContext, repository: Repository) -> Diagnosis:
    from generator.clients.github import GitHub

    branch = GitHub(repository, waits=case.waits, log=case.tell).default_branch()
    return fine(GITHUB, f"{repository.repository} can be seen; its main branch is {branch}.")


def _slack(case: DoctorContext) -> Iterator[Diagnosis]:
    from generator.clients.slack.client import Slack

    found = config.slack(case.settings)
    if found is None:
        raise UsageError("`slack: channel` is set, but SLACK_BOT_TOKEN is not in the environment, so nothing is sent.")
    Slack(found).me()
    yield fine(SLACK, f"The token is accepted; the channel is {found.channel}.")
