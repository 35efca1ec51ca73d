"""Where action items are kept: by the ticket that the file names, by the service, by the archive."""

from pathlib import Path

import pytest

from generator.document.parse import parse
from generator.errors import UsageError
from generator.settings.load import load
from generator.settings.model import Service, Settings
from generator.sync.github.rules import LABEL_LENGTH, GitHubRules
from generator.sync.jira.rules import JiraRules
from generator.sync.plan.facts import facts_of
from generator.sync.plan.identity import mark
from generator.sync.plan.ticket import is_home, wanted_items
from generator.sync.trackers import refuse_unknown
from tests.clients.github.standin import HOME, Hub
from tests.sync.archives import DOCUMENT, ROWS, Archive
from tests.sync.forks import Forks
from tests.sync.github import archives
from tests.sync.github.archives import make

SETTINGS = Settings(
    github="fernway/general",
    services=(
        Service("checkout-api", tracker="github", github="fernway/Checkout"),
        Service("search", tracker="jira"),
        Service("images", tracker="github"),
    ),
)


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("#12", "fernway/Checkout#12"),
        ("fernway/checkout#12", "fernway/Checkout#12"),
        ("`fernway/general#3`", "fernway/general#3"),
        ("https://github.com/fernway/checkout/issues/12", "fernway/Checkout#12"),
        ("<https://github.com/fernway/checkout/issues/12>", "fernway/Checkout#12"),
        ("[#12](https://github.com/Fernway/checkout/issues/12#issuecomment-1)", "fernway/Checkout#12"),
        ("#12, and later OPS-3", "fernway/Checkout#12"),
        ("https://github.com/fernway/checkout/pull/12", ""),
        ("https://github.example/fernway/checkout/issues/12", ""),
        ("https://github.com/stranger/checkout/issues/12", ""),
        ("stranger/checkout#12", ""),
        ("fernway/checkout#0", ""),
        ("#12abc", ""),
        ("OPS-12", ""),
        ("see #12", ""),
        ("", ""),
    ],
)
def test_a_cell_names_an_issue_of_our_repositories_alone(cell: str, key: str) -> None:
    rules = GitHubRules(SETTINGS)
    assert rules.parse_ticket(cell, ("checkout-api",)) == key
    assert not key or rules.parse_ticket(rules.render_ticket(key), ()) == key


@pytest.mark.parametrize(
    ("services", "home"),
    [
        ("checkout-api", "fernway/Checkout"),
        ("search, checkout-api", ""),
        ("images", "fernway/general"),
        ("unknown", ""),
    ],
)
def test_the_first_service_with_a_tracker_decides(services: str, home: str) -> None:
    text = DOCUMENT.format(id="INC-1", rows=ROWS, status="draft").replace("[checkout-api]", f"[{services}]")
    facts = facts_of(parse(text, "x.md"), SETTINGS)
    jira, github = JiraRules(SETTINGS), GitHubRules(SETTINGS)
    assert [is_home(facts, rules, SETTINGS) for rules in (jira, github)] == [not home, bool(home)]
    assert len(wanted_items(facts, jira, SETTINGS)) == (0 if home else 2)
    assert [item.project for item in wanted_items(facts, github, SETTINGS)] == ([home, home] if home else [])


@pytest.mark.parametrize("ids", [("INC-1", "inc-1"), ("x" * 60, "X" * 60)])
def test_labels_fit_and_differ_where_github_would_tell_them_apart(ids: tuple[str, str]) -> None:
    first, second = (mark(one, 3, LABEL_LENGTH) for one in ids)
    assert first.casefold() == second.casefold()
    assert len(first) <= LABEL_LENGTH
    marks = [mark(name, number, LABEL_LENGTH) for name, number in (("x" * 60, 3), ("x" * 61, 3), ("x" * 61, 4))]
    assert len(set(marks)) == 3


def test_a_repository_counts_once_whatever_its_case() -> None:
    settings = Settings(
        tracker="github", github="a/b", services=(Service("s", github="A/B"), Service("t", github="c/d"))
    )
    assert settings.repositories() == ("a/b", "c/d")
    assert Settings(github="a/b").repositories() == ()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("tracker: gitlab\n", "the `tracker` of the archive cannot be 'gitlab'; did you mean `github`?"),
        ("tracker: trello\n", "the `tracker` of the archive cannot be 'trello'; it is one of jira, github."),
        ("github_url: javascript:x\n", "`github_url` (GITHUB_SERVER_URL) must be a plain address"),
        ("github_url: http://git.example.com\n", "begins with http:, which would send the token in the clear"),
        ("tracker: github\n", "the `tracker` of the archive is github, so set `github: owner/name`"),
        ("github: nonsense\n", "is 'nonsense'; it must be owner/name"),
        ("services: [{name: a, tracker: x}]\n", "the `tracker` of `a` in `services` cannot be 'x'"),
        ("services: [{name: a, tracker: github}]\n", "the `tracker` of `a` in `services` is github, so set"),
        ("services: [{name: a, github: ../x}]\n", "the `github` of `a` in `services` is '../x'"),
    ],
)
def test_what_cannot_be_right_is_refused(tmp_path: Path, written: str, said: str) -> None:
    (tmp_path / "site_config").mkdir()
    (tmp_path / "site_config" / "archive.yml").write_text(written, encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        refuse_unknown(load(tmp_path).settings, "site_config/archive.yml")
    assert said in str(refused.value)


def test_without_a_token_a_run_says_what_is_missing(tmp_path: Path, hub: Hub, forks: object) -> None:
    archive = make(tmp_path / "archive", hub)
    archive.write()
    run = archive.sync("--apply", GITHUB_TOKEN="")
    assert run.code == 2
    assert "GITHUB_TOKEN is not in the environment" in run.err
    assert HOME in run.err
    assert hub.exchanges == []
    assert archives.text(archive)


def test_labels_of_long_ids_fit_and_are_found_again(hub: Hub, archive: Archive, forks: Forks) -> None:
    long = "INC-2026-" + "0123456789" * 5
    archives.change(archive, (f"id: {archives.ID}", f"id: {long}"))
    archives.applied(forks, archive)
    assert all(len(one) <= 50 for one in hub.issue(1)["labels"])
    archives.change(archive, (f" {archives.url(hub, 1)} ", " "))
    archives.applied(forks, archive)
    assert len(hub.repositories[HOME].issues) == 2
    assert archives.url(hub, 1) in archives.text(archive)
