"""What expenses come to."""
