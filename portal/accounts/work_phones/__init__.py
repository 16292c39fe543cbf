"""Work phone numbers of staff: given by themselves, or by an administrator with a role."""
