"""What readers of a meeting's papers still wait for, said alike on pages and in emails."""
