"""Pictures have a text for those who cannot see them."""

import pytest

from tests.check.sample import GOOD, changed, findings


def picture(words):
    return findings(changed(("Building the index took", f"{words}\n\nBuilding the index took")), "image-alt")


@pytest.mark.parametrize(
    "words", ["![](a/rate.png)", '<img src="a/rate.png">', "![ ](a/rate.png)", "[![](a/rate.png)](https://example.com)"]
)
def test_a_picture_without_a_text_is_an_error(words):
    (found,) = picture(words)

    assert (found.message, found.severity) == ("The picture 'rate.png' has no alternative text.", "error")


@pytest.mark.parametrize(
    "alt", ["rate.png", "rate", "image", "Screenshot 2026-03-15 at 14.32.05", "The graph", "Figure 3", "img_2041.jpg"]
)
def test_a_text_that_only_says_that_it_is_a_picture_is_a_warning(alt):
    (found,) = picture(f"![{alt}](a/rate.png)")

    assert (found.message, found.severity) == (
        f"The alternative text {alt!r} does not say what is to be seen.",
        "warning",
    )


@pytest.mark.parametrize(
    "words",
    ["![Error rate from 14:30 to 15:20, with a plateau of 78 %](a/rate.png)", "[x](a/rate.png)", "`![](x.png)`"],
)
def test_a_text_that_says_what_it_shows_is_fine(words):
    assert picture(words) == []


def test_the_sample_is_fine():
    assert findings(GOOD, "image-alt") == []
