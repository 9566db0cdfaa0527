"""A supervisor: keeps one server running, starts it again after a crash, and never leaves it behind."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType

__all__ = ["Supervisor"]

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
# A server that ran this long had no fault in how it starts.
_RAN_WELL = 60.0
_LONGEST_END = 10.0
_LOOK_EVERY = 0.2


class Supervisor:
    """Runs a server until it is told to stop.

    Args:
        command: Starts the server, which has to end when its standard input does.
        home: The folder that it runs in.
        settings: Its environment.
        is_open: Whether the server answers.
        say: Called with a sentence whenever the server ended by itself.
    """

    def __init__(
        self,
        command: Sequence[str],
        home: Path,
        settings: Mapping[str, str],
        is_open: Callable[[], bool],
        say: Callable[[str], None],
    ) -> None:
        self._command = list(command)
        self._home = home
        self._settings = dict(settings)
        self._is_open = is_open
        self._say = say
        self._server: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._was_open = False

    def run(self) -> int:
        """Run the server until SIGINT, SIGTERM or SIGHUP; a second of these kills it at once.

        Returns:
            0 when it was stopped; 1 when the server ended before it ever answered.
        """
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self._stop)
        pause = _FIRST_PAUSE
        while not self._stopping.is_set():
            began = time.monotonic()
            code = self._run_once()
            if self._stopping.is_set():
                break
            if not self._was_open:
                self._say(f"The explorer {_in_words(code)} before it opened; see what it said above.")
                return 1
            if time.monotonic() - began >= _RAN_WELL:
                pause = _FIRST_PAUSE
            seconds = "1 second" if pause == 1 else f"{pause:.0f} seconds"
            self._say(f"The explorer {_in_words(code)}; it starts again in {seconds}.")
            self._stopping.wait(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
        return 0

    def _run_once(self) -> int:
        # In a session of its own the server hears of Ctrl+C from us alone, and ends in good order.
        with subprocess.Popen(  # noqa: S603 - our own server, without a shell
            self._command,
            cwd=self._home,
            env=self._settings,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        ) as self._server:
            # A signal that came while the server was made has found no server to end.
            if self._stopping.is_set():
                self._server.terminate()
            while True:
                # Looked at once at least, however short the server lives.
                self._was_open = self._was_open or self._is_open()
                if self._server.poll() is not None or self._stopping.is_set():
                    break
                self._stopping.wait(_LOOK_EVERY)
            try:
                return self._server.wait(_LONGEST_END)
            except subprocess.TimeoutExpired:
                self._server.kill()
                return self._server.wait()

    def _stop(self, _: int, __: FrameType | None) -> None:
        again = self._stopping.is_set()
        self._stopping.set()
        if self._server is not None:
            if again:
                self._server.kill()
            else:
                self._server.terminate()


def _in_words(code: int) -> str:
    if code < 0 and sys.platform != "win32":
        return f"was killed by {signal.Signals(-code).name}"
    return f"ended with exit code {code}"
