"""A year of meeting dates pasted at once, in any form people use, and looked at before it is saved."""
