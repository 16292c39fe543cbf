"""Reading papers, and what a reader keeps."""
