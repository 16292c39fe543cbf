"""A board's hold on access to itself: signing somebody out of it, suspending them, ending what they read afterwards."""
