"""What a check has found, and what it has looked at."""

from dataclasses import asdict, dataclass, field

__all__ = ["CheckCounts", "Finding", "Report"]


@dataclass(frozen=True, order=True)
class Finding:
    """One fault, told to the person who can mend it.

    Attributes:
        file: Name of the file, seen from the root of the content where it lies below it.
        line: Line from 1; None where the fault has no line of its own.
        message: What is missing or wrong, and what to write instead.
        severity: `violation`, which refuses the data, or `warning`, which only tells.
    """

    file: str
    line: int | None
    message: str
    severity: str = "violation"

    def __str__(self) -> str:
        """Write the finding as `file:line: message`."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        said = self.message if self.severity == "violation" else f"({self.severity}) {self.message}"
        return f"{place}: {said}"


@dataclass(frozen=True)
class CheckCounts:
    """How much was looked at, by kind."""

    files: int = 0
    cases: int = 0
    claims: int = 0
    concepts: int = 0
    passages: int = 0
    sources: int = 0
    triples: int = 0


@dataclass(frozen=True)
class Report:
    """The outcome of one check.

    Attributes:
        counts: What was looked at.
        findings: Every fault of every file, in order of file and line.
    """

    counts: CheckCounts = field(default_factory=CheckCounts)
    findings: tuple[Finding, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is refused; warnings refuse nothing."""
        return not any(finding.severity == "violation" for finding in self.findings)

    def as_json(self) -> dict[str, object]:
        """Give the report as the `check` command prints it with --json."""
        return {
            "ok": self.ok,
            "counts": asdict(self.counts),
            "findings": [asdict(finding) for finding in self.findings],
        }
