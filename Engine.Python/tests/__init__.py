"""Tests of the package: ``python3 -m unittest discover -s Engine.Python/tests -t Engine.Python``."""
