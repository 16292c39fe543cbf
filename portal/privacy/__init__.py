"""People's rights over what is kept about them: the register, the download, legal holds, and removing in time."""
