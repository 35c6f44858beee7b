"""What a person reads of a run: one HTML page, a table in the terminal, a digest in Markdown."""
