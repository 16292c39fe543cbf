"""What people take away or write: tables, plain PDFs and Markdown."""
