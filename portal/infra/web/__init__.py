"""What each request and answer has: who is signed in, headers, limits, errors, words for templates."""
