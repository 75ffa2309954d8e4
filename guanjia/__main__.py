"""`python -m guanjia`: the same as bin/guanjia."""

import sys

from guanjia.runtime.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
