"""An expense from its receipt: a photo, what it came to and what it was for, on the page of the claim itself."""
