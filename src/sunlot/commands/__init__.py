"""The shell face: one file a command, each a parser and a `run`."""
