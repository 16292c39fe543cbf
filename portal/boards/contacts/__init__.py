"""Who of a board is responsible for something, as its people see them: their name, their post, how to reach them."""
