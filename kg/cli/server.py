"""The server that `kg serve` starts: `python -m kg.cli.server ARGUMENTS`, with what Streamlit is given.

It ends when `kg serve` does, however that ends: nothing else would free the port.
"""

import os
import runpy
import signal
import sys
import threading
import time

from kg.storage.temporary import remove_leftovers

__all__ = ["main"]

_LONGEST_END = 10.0


def main() -> None:
    """Run Streamlit in this process until it ends or standard input does."""
    threading.Thread(target=_end_with_standard_input, name="end with kg serve", daemon=True).start()
    remove_leftovers()
    sys.argv = ["streamlit", *sys.argv[1:]]
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)


def _end_with_standard_input() -> None:
    # The other end is held by kg serve alone, and closes with it. sys.stdin would be locked at our own end.
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_LONGEST_END)
    os.kill(os.getpid(), signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)


if __name__ == "__main__":
    main()
