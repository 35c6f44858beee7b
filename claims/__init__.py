"""Finds who holds which position on what and when in news articles, and shows where a position shifted."""

__version__ = "0.1.0"
