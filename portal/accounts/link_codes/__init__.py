"""The six digits beside a link to sign in: they work on the page that was left open, in the browser that asked."""
