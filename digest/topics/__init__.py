"""The query language: text -> Topic -> text.

latent arithmetic            papers about both words
"latent arithmetic"          the words side by side
diffusion OR "flow matching" either
diffusion -video             without a word, phrase or field
(agents OR planning) -games  grouping
title:agents                 in the title
author:"Kaiming He"          by an author; also org:stanford and cat:cs.CL
has:code, upvotes:>20        with code, with more than 20 upvotes
like:2412.15213              similar to that paper
"""

from digest.topics.errors import TopicSyntaxError
from digest.topics.nodes import (
    All,
    Any,
    Field,
    Node,
    Not,
    Phrase,
    Topic,
    Word,
    is_plain,
    papers_named,
)
from digest.topics.parsing import MAX_LENGTH, parse, plain_words, read

__all__ = [
    "MAX_LENGTH",
    "All",
    "Any",
    "Field",
    "Node",
    "Not",
    "Phrase",
    "Topic",
    "TopicSyntaxError",
    "Word",
    "is_plain",
    "papers_named",
    "parse",
    "plain_words",
    "read",
]
