"""Prints the build requirements of pyproject.toml, one a line, so that the lock can hold them too."""

import tomllib
from pathlib import Path

project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8"))
# Building an editable install in this environment needs hatchling's own helper, which it asks for only then.
print("\n".join([*project["build-system"]["requires"], "editables"]))
