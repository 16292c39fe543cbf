"""Role descriptions: what a carer rep of a group does, what the board gives in return, and who has agreed to it."""
