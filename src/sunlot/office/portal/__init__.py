"""The firm's own pages (企业自助): behind a check code or a code of the bureau, this firm and no other."""
