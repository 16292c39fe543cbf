"""Papers: upload, versions, publication, notice and reading."""
