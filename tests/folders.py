"""Where the things lie that tests read, wherever the test itself lies."""

from pathlib import Path

TESTS = Path(__file__).parent
REPOSITORY = TESTS.parent
FIXTURES = TESTS / "fixtures"
GOLDEN = TESTS / "golden"
