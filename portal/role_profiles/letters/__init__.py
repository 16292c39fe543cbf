"""What the public writes to a rep: given to them once the writer has confirmed an address by a mailed link."""
