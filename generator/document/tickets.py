"""Which ticket something is."""

import re

KEY = re.compile(r"[A-Z][A-Z0-9_]{1,31}-[1-9][0-9]{0,11}", re.ASCII)
