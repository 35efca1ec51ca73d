"""What leaves open who may read the document is an error, in a draft and in an imported one too."""

import pytest

from tests.check.sample import changed, findings


@pytest.mark.parametrize("label", ["audience: internal\n", "audience: public\n", "audience: restricted\n", ""])
def test_a_statement_and_none_are_fine(label):
    assert findings(changed(("audience: internal\n", label)), "audience-unclear") == []


@pytest.mark.parametrize(
    "label", ["audience: restriced\n", "audience:\n", "visibility: internal\n", "audience: public\n# restricted\n"]
)
@pytest.mark.parametrize("status", ["draft", "in-review", "published"])
def test_anything_else_is_an_error_with_a_way_out(label, status):
    text = changed(("audience: internal\n", label), ("status: published", f"status: {status}"))
    (found,) = findings(text, "audience-unclear")

    assert found.severity == "error"
    assert text.split("\n")[found.line - 1].strip("# ") in label
    assert "kept restricted" in found.message
    assert "Write one line `audience: public`" in found.hint


def test_an_imported_document_is_held_to_it_too():
    text = changed(("audience: internal\n", "audience: [internal]\nx-source: wiki\n"))

    assert [one.severity for one in findings(text, "audience-unclear")] == ["error"]


def test_it_cannot_be_silenced():
    text = changed(("audience: internal\n", "audience: all # check: ignore audience-unclear: we know\n"))

    assert [one.severity for one in findings(text, "audience-unclear")] == ["error"]
