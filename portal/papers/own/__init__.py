"""The papers of one's own meetings on one page: what is to be read, what was, and where one has a note."""
