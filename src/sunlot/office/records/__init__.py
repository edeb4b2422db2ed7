"""The journal in the browser (日志): for those who watch the office, and the history of one thing for those who work with it."""
