"""Which papers belong to a topic, how well, and why: stored queries held against few papers.

corpus       how rare words are, what short forms stand for, learned from the stored papers
words        text -> stems, forms, surfaces
meaning      words -> vectors
concepts     free words -> concepts, each with the other ways to say it
queries      topics -> everything distinct in them, once
index        papers -> where each stem stands
occurrences  concepts x index -> where they stand, how often, in what words
evidence     queries x index -> presence, closeness, similarity
scoring      evidence -> a score from 0 to 1, yes or no
ranking      evidence -> an order of a whole collection
explaining   matches -> their reasons, each distinct one once
lists        lists of numbers, for numpy to work on all at once
matcher      all of it behind one class, PaperIndex
"""

from digest.matching.corpus import CorpusStatistics
from digest.matching.matcher import Choice, Match, PaperIndex
from digest.matching.queries import Queries
from digest.matching.reasons import Reason
from digest.matching.scoring import FEWER, MORE, NORMAL

__all__ = [
    "FEWER",
    "MORE",
    "NORMAL",
    "Choice",
    "CorpusStatistics",
    "Match",
    "PaperIndex",
    "Queries",
    "Reason",
]
