"""Pages that are pictures: counted, said, and read by machine where there is one that reads."""
