"""A rep's role on one page: seats, hours, depute, what the public may see; and the officer's list of every seat."""
