"""A page for each rep, for their engagement officers: how they are supported, with notes that the rep reads too."""
