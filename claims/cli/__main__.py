"""``python -m claims.cli`` is the console script."""

from claims.__main__ import main

main()
