"""Comparisons as files: the figure, the tables, and writing that never leaves half a file."""
