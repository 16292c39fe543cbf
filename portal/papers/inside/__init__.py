"""What is inside a PDF beside its pages: what must not be there, what can be taken out, what is hidden."""
