"""From a source to a post: what a page says of itself, and the post that waits for the remark."""
