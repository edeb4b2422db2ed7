"""Views of this app: the office's side, and the firm's."""
