"""Notes about supporting a rep: officers write them, and the rep reads every word."""
