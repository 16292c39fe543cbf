"""The details of a paper, and what a published one said before they were changed."""
