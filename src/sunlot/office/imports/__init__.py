"""Files coming in: preview, column mapping, dry run, row report, undo."""
