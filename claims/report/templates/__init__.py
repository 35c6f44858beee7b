"""The page's templates, its style sheet and its script; they go into the one output file."""
