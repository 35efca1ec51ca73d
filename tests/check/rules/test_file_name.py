"""The file's name begins with the id."""

import pytest

from tests.check.sample import GOOD, findings


@pytest.mark.parametrize("name", ["INC-2026-0042.md", "INC-2026-0042-x.md", "2026/INC-2026-0042-checkout.md", ""])
def test_the_id_with_or_without_words_is_fine(name):
    assert findings(GOOD, "file-name", path=f"postmortems/{name}" if name else "") == []


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("checkout.md", "INC-2026-0042-what-happened.md"),
        ("inc-2026-0042-checkout.md", "INC-2026-0042-checkout.md"),
        ("INC-2026-00421-x.md", "INC-2026-00421-x.md"),
    ],
)
def test_another_name_is_shown_with_a_better_one(name, better):
    (found,) = findings(GOOD, "file-name", path=f"postmortems/2026/{name}")

    assert found.message == f"The file is named {name!r}, but its id is `INC-2026-0042`."
    assert found.line == 2
    assert "Rename it to" in found.hint
    assert better[:13] in found.hint
