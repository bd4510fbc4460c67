"""Make digest/matching/vectors.npz: word vectors that add up to what a sentence model says.

python -m benchmarks.distilling MODEL PAPERS.jsonl [PAPERS.jsonl ...] [--judged QRELS ...]

MODEL is a folder with all-MiniLM-L6-v2 (Apache-2.0; model.safetensors and vocab.txt), which reads
the sentences of the papers, their words, and short runs of words. One vector a word is then
fitted so that the sum over a text points where the model does. Papers that a judged collection
names are left out, so that it tells how well the vectors do on what they have not seen; their
sentences measure the fit. Takes half an hour of a core for 3,000 papers. A run does not repeat the
shipped file exactly (docs/topics.md).
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.sentence_model import SentenceModel
from digest.matching.corpus import CorpusStatistics
from digest.matching.index import WordIndex
from digest.matching.lists import Numbers
from digest.matching.meaning import FILE, Vectors, WordVectors, pieces_of, sums, unit_length
from digest.matching.words import is_telling, sentences, words
from digest.papers import Paper
from digest.sources.jsonl import read_papers

_SIZE = 128
"""Numbers in a vector; 384, as the model has, did no better."""
_PIECE = re.compile(r"(##)?[a-z0-9]+")
_COMMON, _SEEN = 5, 3
"""In how many places a word stands that gets its own vector, and one that is learned alone."""
_RUNS = 25_000
_WORD_WEIGHT, _RUN_WEIGHT = 0.3, 0.5
"""What a word alone and a run of words count in the fit, as a sentence counts 1."""
_CUT = 0.1
"""How often a known word is put together from pieces, so that these learn too."""
_ROUNDS, _AT_ONCE, _STEP = 5, 256, 0.02


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text, what the model says of it, and how much it counts."""

    text: str
    vector: Vectors
    weight: float


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.distilling", description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("papers", type=Path, nargs="+")
    parser.add_argument("--judged", type=Path, nargs="*", default=[])
    given = parser.parse_args()
    judged = {line.split()[2] for file in given.judged for line in file.open()}
    papers = {paper.arxiv_id: paper for file in given.papers for paper in read_papers(file)}
    model = SentenceModel(given.model)
    learned = list(_sentences(p for p in papers.values() if p.arxiv_id not in judged))
    unseen = list(_sentences(p for p in papers.values() if p.arxiv_id in judged))[:3000]
    student = Student(model, learned)
    tests = _lessons(model, unseen, 1.0)
    lessons = _lessons(model, learned, 1.0)
    lessons += _lessons(model, student.spoken, _WORD_WEIGHT)
    lessons += _lessons(model, _runs(learned), _RUN_WEIGHT)
    student.fit(lessons, tests)
    student.write(FILE, [lesson.text for lesson in lessons[: len(learned) : 2]])
    write_common(FILE, [paper for paper in papers.values() if paper.arxiv_id not in judged])


def _sentences(papers: Iterator[Paper]) -> Iterator[str]:
    for paper in papers:
        yield from (paper.title, *sentences(paper.abstract))


def _lessons(model: SentenceModel, texts: Sequence[str], weight: float) -> list[Lesson]:
    found = zip(texts, model.encode(texts), strict=True)
    return [Lesson(text, vector, weight) for text, vector in found if words(text)]


def _runs(texts: Sequence[str]) -> list[str]:
    """Return runs of two and three words that come more than once, as topics are short too."""
    counts: Counter[str] = Counter()
    for part in (part for text in texts for part in re.split(r"[^\w\s-]", text)):
        told: list[str] = []
        for spoken in part.split():
            told = [*told, spoken] if is_telling(spoken.lower()) else []
            counts.update(" ".join(told[-size:]) for size in (2, 3) if len(told) >= size)
    several = [run for run, count in counts.items() if count > 1]
    np.random.default_rng(1).shuffle(several)
    return several[:_RUNS]


class Student:
    """A vector for each piece of the model's vocabulary and for each common word."""

    def __init__(self, model: SentenceModel, texts: Sequence[str]) -> None:
        counts = Counter(word.form for text in texts for word in words(text))
        surfaces = {word.form: word.surface for text in texts for word in words(text)}
        self.spoken = [surfaces[form] for form, count in counts.items() if count >= _SEEN]
        pieces = [piece for piece in model.vocabulary if _PIECE.fullmatch(piece)]
        known = set(pieces)
        common = [f for f, count in counts.items() if count >= _COMMON and f not in known]
        self._table = [*pieces, *common]
        self._place = {piece: number for number, piece in enumerate(self._table)}
        self._shorter = {piece: self._place[piece] for piece in pieces}
        alone = model.encode_pieces([[model.vocabulary[piece]] for piece in pieces])
        self._vectors = np.concatenate([alone, model.encode([surfaces[f] for f in common])])
        self._vectors -= self._vectors.mean(axis=0) / 2
        self._vectors *= self._rarity(texts)[:, None]
        self._rng = np.random.default_rng(0)

    def _rarity(self, texts: Sequence[str]) -> Vectors:
        """Begin as word vectors are usually added: rare words weigh more."""
        counts = np.bincount(
            np.concatenate([self._pieces(text) for text in texts]), minlength=len(self._table)
        )
        most = math.log(len(texts) + 50)
        rarity: Vectors = np.maximum((most - np.log(counts + 1)) / most, 0.05).astype(np.float32)
        return rarity

    def _pieces(self, text: str, cut: float = 0.0) -> list[int]:
        return [
            number
            for word in words(text)
            for number in pieces_of(
                word.form, self._shorter if cut and self._rng.random() < cut else self._place
            )
        ]

    def fit(self, lessons: Sequence[Lesson], tests: Sequence[Lesson]) -> None:
        """Turn sums towards what the model says, by Adam; prints the cosine on the tests."""
        mean, square = np.zeros_like(self._vectors), np.zeros_like(self._vectors)
        steps = -(-len(lessons) // _AT_ONCE)
        step = _STEP * np.abs(self._vectors).mean()
        for number in range(_ROUNDS):
            order = self._rng.permutation(len(lessons))
            for turn in range(steps):
                some = [lessons[n] for n in order[turn * _AT_ONCE : (turn + 1) * _AT_ONCE]]
                rows, slope = self._slope(some)
                mean[rows] = 0.9 * mean[rows] + 0.1 * slope
                square[rows] = 0.999 * square[rows] + 0.001 * slope**2
                rest = 1 - 0.9 * (number + turn / steps) / _ROUNDS
                self._vectors[rows] -= step * rest * mean[rows] / (np.sqrt(square[rows]) + 1e-9)
            print(f"round {number + 1}: cosine {self._cosine(tests):.4f} on unseen sentences")

    def _slope(self, lessons: Sequence[Lesson]) -> tuple[Numbers, Vectors]:
        """Return which vectors would change, and how one minus the cosine rises with each."""
        pieces = [self._pieces(lesson.text, _CUT) for lesson in lessons]
        told, lengths = self._sums(pieces)
        said = np.array([lesson.vector for lesson in lessons])
        weights = np.array([[lesson.weight] for lesson in lessons], np.float32)
        norms = np.maximum(np.linalg.norm(told, axis=1, keepdims=True), 1e-6)
        unit = told / norms
        slope = weights * (unit * (unit * said).sum(axis=1, keepdims=True) - said) / norms
        rows, place = np.unique(np.concatenate(pieces).astype(np.int64), return_inverse=True)
        total = np.zeros((len(rows), told.shape[1]), np.float32)
        np.add.at(total, place, np.repeat(slope / len(lessons), lengths, axis=0))
        return rows, total

    def _sums(self, texts: Sequence[Sequence[int]]) -> tuple[Vectors, Numbers]:
        lengths = np.array([len(pieces) for pieces in texts], np.int64)
        return sums(self._vectors[np.concatenate(texts).astype(np.int64)], lengths), lengths

    def _cosine(self, lessons: Sequence[Lesson]) -> float:
        told, _ = self._sums([self._pieces(lesson.text) for lesson in lessons])
        said = np.array([lesson.vector for lesson in lessons])
        return float((unit_length(told) * said).sum(axis=1).mean())

    def write(self, file: Path, texts: Sequence[str]) -> None:
        """Keep the directions in which texts differ most, and round to whole numbers."""
        told, _ = self._sums([self._pieces(text) for text in texts])
        told = unit_length(told)
        _, directions = np.linalg.eigh(told.T @ told)
        vectors = self._vectors @ directions[:, ::-1][:, :_SIZE]
        scales = (np.abs(vectors).max(axis=1) / 127).astype(np.float16)
        rounded = np.rint(
            vectors / np.maximum(scales, np.float16(1e-6))[:, None].astype(np.float32)
        )
        np.savez_compressed(
            file,
            pieces=np.frombuffer("\n".join(self._table).encode(), np.uint8),
            vectors=np.clip(rounded, -127, 127).astype(np.int8),
            scales=scales,
            common=np.zeros(_SIZE, np.float16),  # until the vectors can be read
        )


def write_common(file: Path, papers: Sequence[Paper]) -> None:
    """Keep the mean of what the sentences of papers mean beside the vectors."""
    index = WordIndex(papers, CorpusStatistics.of(papers), WordVectors(file))
    with np.load(file) as stored:
        kept = dict(stored)
    kept["common"] = index.sentences.mean(axis=0).astype(np.float16)
    np.savez_compressed(file, **kept)


if __name__ == "__main__":
    main()
