"""The command `kg`, called in this process."""

import pytest

from kg.cli import main

__all__ = ["Ran"]


class Ran:
    """What a call of the command left behind; an error that it does not tell in a sentence fails the test."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *arguments: object) -> None:
        with pytest.raises(SystemExit) as ended:
            main([str(each) for each in arguments])
        self.code = ended.value.code
        self.out, self.err = capsys.readouterr()
