"""Where the ontology and the data lie, in a checkout and in an installed package."""

import os
from dataclasses import dataclass
from pathlib import Path

from kg.errors import BadContent, MissingInput
from kg.storage.files import real

__all__ = ["SHAPE_FILES", "Content", "bundled_content", "content_of_environment"]

# What the data and the terms must have: held against the graph, and no part of it.
SHAPE_FILES = ("shapes.ttl", "house.ttl")


@dataclass(frozen=True)
class Content:
    """One ontology and the data written with it.

    Attributes:
        root: The folder that holds `ontology` and `data`.
    """

    root: Path

    @property
    def is_there(self) -> bool:
        """Whether the folder holds an ontology and data."""
        return (self.ontology / "core.ttl").is_file() and self.data.is_dir()

    @property
    def ontology(self) -> Path:
        """The folder of classes, concept schemes, shapes, rules and derivations."""
        return self.root / "ontology"

    @property
    def data(self) -> Path:
        """The folder of cases, claims of no case, places and sources."""
        return self.root / "data"

    def turtle_files(self) -> list[Path]:
        """Give every Turtle file of the ontology and the data, in a fixed order.

        Raises:
            BadContent: If a folder may not be read.
        """
        for folder in (self.ontology, self.data):
            for inside in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
                if not os.access(inside, os.R_OK | os.X_OK):
                    raise BadContent(f"The folder {self.name_of(inside)} may not be read.")
        return [*sorted(self.ontology.rglob("*.ttl")), *sorted(self.data.rglob("*.ttl"))]

    def name_of(self, path: Path) -> str:
        """Give a file's name for people: from the root where it lies below it, else as it was given."""
        try:
            return real(path).relative_to(real(self.root)).as_posix()
        except ValueError:
            return path.as_posix()


def bundled_content() -> Content:
    """Find the content that comes with this program.

    Returns:
        The folders of the checkout, or those that the installed package carries.

    Raises:
        BadContent: If neither is there.
    """
    package = Path(__file__).resolve().parent.parent
    for root in (package.parent, package / "_content"):
        if Content(root).is_there:
            return Content(root)
    raise BadContent("The folders ontology and data are missing; install the package again.")


def content_of_environment() -> Content:
    """Return the content in the folder that KG_CONTENT names; what comes with this program if it names none.

    Raises:
        MissingInput: If KG_CONTENT names a folder without ontology or data.
        BadContent: If it names none, and nothing comes with this program.
    """
    named = os.environ.get("KG_CONTENT", "").strip()
    if not named:
        return bundled_content()
    content = Content(Path(named))
    if not content.is_there:
        raise MissingInput(
            f"KG_CONTENT has to be a folder that holds ontology/core.ttl and data; “{named[:80]}” is none."
        )
    return content
