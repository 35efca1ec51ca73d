"""Where a staged page ends up, and which paths may be written at all."""

from pathlib import PurePosixPath

from generator.errors import PostmortemError

HOME_NAMES = {"index.md", "README.md"}


def output_path(page: str) -> str:
    """The HTML file that the engine writes for a staged page: `actions.md` becomes `actions/index.html`."""
    path = PurePosixPath(page)
    folder = path.parent if path.name in HOME_NAMES else path.with_suffix("")
    return (folder / "index.html").as_posix()


def address(output: str) -> str:
    """The address of a written HTML file, relative to the site's root and without `index.html`."""
    return output[: -len("index.html")] if PurePosixPath(output).name == "index.html" else output


def checked(path: str) -> str:
    """The path itself, or an error where it would leave the site's folder."""
    parts = path.split("/")
    if (
        not path
        or "\\" in path
        or "\0" in path
        or path.startswith("/")
        or ":" in parts[0]
        or {"", ".", ".."} & set(parts)
    ):
        msg = f"The site cannot have a file at {path!r}: only plain relative paths are written, so nothing can leave the output folder."
        raise PostmortemError(msg)
    return path
