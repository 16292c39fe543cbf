"""What people like to be called: how pages and emails greet them."""
