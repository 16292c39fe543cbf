"""Where files lie, sealed or not, and who looks for viruses in them."""
