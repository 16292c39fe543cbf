"""Pieces of PDFs: where links lead, bookmarks, layers, forms, boxes; and files put together out of them."""
