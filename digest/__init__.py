"""Trending papers, matched to each reader's topics, in one mail a day."""
