"""Whether an excerpt stands in its source, where, and how a link opens there: pure text, no input or output."""
