"""Care that was called off with apologies, and is wanted after all: within ten minutes, as it was."""
