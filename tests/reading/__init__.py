"""Reading posts, pages and vocabularies from text."""
