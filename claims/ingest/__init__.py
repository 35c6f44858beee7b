"""From what the command line names to stories: sources, decoding, pages, records, furniture, several stories a page.

``sources.expand`` makes the list of inputs; ``read.read`` turns each into documents and rejected records.
"""
