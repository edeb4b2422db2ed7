"""The public draw on a big screen."""
