"""Imports everything that a run of the command line may need, before others are forked off this process.

Commands are imported when they are called for, which spares a user half a second; a forked run would pay it anew each time.
"""

import gc
import importlib
import pkgutil

import generator

OTHERS = ("requests", "yaml", "concurrent.futures", "zoneinfo", "http.cookiejar", "encodings.idna", "sqlite3")


def everything() -> None:
    """Import each module of `generator`, and what they and their libraries import on their way."""
    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in OTHERS:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()  # what is here stays, and no child looks through it again
