"""Word and PowerPoint files become PDFs where LibreOffice is installed, and a clerk looks at every page."""
