"""The workbench (工作台): the first page. It says what is due, late or blocked, and where to go next; every app tells its own."""
