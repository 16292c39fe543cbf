"""What administrators hear of what others change on their board, and people of the roles that they have."""
