"""The machinery below every capability: database, guard, forms, files, headers, links, work."""
