"""Who this office is: its code, its name, what its documents are headed with."""
