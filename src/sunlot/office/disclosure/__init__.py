"""The public site (公开): what anybody may read without logging in, live and as static files."""
