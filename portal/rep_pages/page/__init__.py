"""Everything an officer may see of one rep, on one page."""
