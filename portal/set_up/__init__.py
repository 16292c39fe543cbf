"""Starting a board in the browser, and the list of what it still needs before its reps can use it."""
