"""What can be said of an archive without asking anybody."""

from generator.setup.doctor import Health
from tests.setup.doctor.conftest import ARCHIVE, DOCUMENT


def test_a_file_that_cannot_be_read_is_a_fault_with_its_place(practice):
    practice.write("postmortems/2026/INC-2026-0002-x.md", "")
    (practice.root / "postmortems/2026/INC-2026-0002-x.md").write_bytes(b"---\nid: \xff\n")
    found = practice.one("documents")

    assert found.verdict is Health.FAULT
    assert found.message.startswith("postmortems/2026/INC-2026-0002-x.md:2:")


def test_handles_that_nobody_has_are_named_with_where_they_stand(practice):
    practice.write("site_config/archive.yml", ARCHIVE.replace("[jane.smith]", "[jane.smith, li.wei]"))
    practice.write("postmortems/2026/INC-2026-0001-checkout.md", DOCUMENT.replace("@ben.carter", "@noor.haddad"))
    found = practice.one("people.yml")

    assert found.verdict is Health.WARNING
    assert "li.wei (owner of checkout-api)" in found.message
    assert "noor.haddad (postmortems/2026/INC-2026-0001-checkout.md)" in found.message


def test_people_whom_nobody_can_find_are_named(practice):
    practice.write("site_config/people.yml", "jane.smith: {name: Jane Smith}\nben.carter: {jira: acc-ben}\n")
    found = practice.one("people.yml")

    assert "Neither e-mail nor Jira account: jane.smith." in found.message


def test_without_an_address_of_the_site_links_to_pages_are_missed(practice):
    practice.write("site_config/archive.yml", ARCHIVE.replace("url: https://postmortems.fernway.example/\n", ""))

    assert "`url` is not set" in practice.one("site address").message
