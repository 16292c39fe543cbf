"""How long things are kept: what the register says of a table, what must stay for now, and what goes when."""
