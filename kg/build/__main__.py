"""`python -m kg.build CONTENT OUT`: build as a program of its own; see `pipeline.main`."""

import sys

from kg.build.pipeline import main

if __name__ == "__main__":
    sys.exit(main())
