"""What the JSON API takes and gives."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

from digest.enums import Frequency, Selectivity
from digest.library import Hit
from digest.papers import Paper
from digest.search import Trial
from digest.subscribers.preferences import DEFAULT_PAPERS, MOST_PAPERS


def _dashed(text: str) -> str:
    # Pydantic would take a bare number for seconds since 1970.
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ValueError("write a day as 2026-06-02")
    return text


IsoDay = Annotated[date, BeforeValidator(_dashed)]


class PaperOut(BaseModel):
    """A paper."""

    id: Annotated[str, Field(description="Its arXiv id.", examples=["2606.01234"])]
    title: str
    abstract: str
    summary: str | None
    authors: list[str]
    organization: str | None
    keywords: list[str]
    categories: list[str]
    upvotes: int
    comments: int
    url: str
    pdf_url: str
    code_url: str | None
    published_on: date | None

    @classmethod
    def of(cls, paper: Paper) -> Self:
        own = {name: getattr(paper, name) for name in cls.model_fields if name != "id"}
        return cls(id=paper.arxiv_id, **own)


class HitOut(BaseModel):
    """A paper that belongs to a query, and why."""

    paper: PaperOut
    day: Annotated[date, Field(description="Of the list that named it first.")]
    score: float
    reason: Annotated[str, Field(description="The words that matched.")]

    @classmethod
    def of(cls, hit: Hit) -> Self:
        score, reason = round(hit.match.score, 4), hit.match.reason.sentence()
        return cls(paper=PaperOut.of(hit.paper), day=hit.day, score=score, reason=reason)


class Day(BaseModel):
    """One day's papers, in trending order."""

    day: date | None
    papers: list[PaperOut]


class Found(BaseModel):
    """The papers that belong to a query, best first."""

    query: Annotated[str, Field(description="As we have read it.")]
    total: int
    hits: list[HitOut]


class Tried(BaseModel):
    """What a topic would have brought in the last 30 days."""

    query: Annotated[str, Field(description="As we have read it.")]
    papers_a_day: float
    last_7_days: int
    last_30_days: int
    is_too_broad: bool
    newest: list[HitOut]

    @classmethod
    def of(cls, trial: Trial) -> Self:
        return cls(
            query=trial.query,
            papers_a_day=round(trial.per_day, 3),
            last_7_days=trial.last_week,
            last_30_days=trial.hits,
            is_too_broad=trial.is_too_broad,
            newest=[HitOut.of(hit) for hit in trial.newest],
        )


class Wish(BaseModel):
    """Who wants what, and when."""

    address: Annotated[str, Field(max_length=320, examples=["ada@example.org"])]
    topics: Annotated[
        list[Annotated[str, Field(max_length=500)]],
        Field(
            max_length=500,
            description="Without any, each day's whole list.",
            examples=[["latent arithmetic", 'author:"Kaiming He"']],
        ),
    ] = []
    frequency: Frequency = Frequency.DAILY
    weekday: Annotated[int, Field(ge=0, le=6, description="Of a weekly digest; 0: Monday.")] = 0
    hour: Annotated[int, Field(ge=0, le=23)] = 8
    time_zone: Annotated[str, Field(max_length=64, examples=["Europe/Berlin"])] = "UTC"
    max_papers: Annotated[int, Field(ge=1, le=MOST_PAPERS)] = DEFAULT_PAPERS
    selectivity: Selectivity = Selectivity.NORMAL
    altcha: Annotated[
        str,
        Field(
            max_length=4000,
            description="Base64 of `{challenge, solution: {counter, derivedKey}}` as JSON.",
        ),
    ] = ""


class Accepted(BaseModel):
    """The same for every address."""

    status: str = "confirmation mailed"


class _Altcha(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel)


class ChallengeParameters(_Altcha):
    algorithm: Annotated[str, Field(examples=["PBKDF2/SHA-256"])]
    nonce: Annotated[str, Field(description="Hexadecimal.")]
    salt: Annotated[str, Field(description="Hexadecimal.")]
    cost: Annotated[int, Field(description="Iterations.")]
    key_length: Annotated[int, Field(description="Octets of the derived key.")]
    key_prefix: Annotated[str, Field(description="What it begins with, hexadecimal.")]
    key_signature: str
    data: dict[str, int]


class Challenge(_Altcha):
    """A proof-of-work challenge; to be sent back as it is, with its solution."""

    parameters: ChallengeParameters
    signature: str


class Problem(BaseModel):
    """What is wrong (RFC 9457)."""

    title: str
    status: int
    detail: str
    position: Annotated[
        int, Field(description="The character of the topic at which reading stopped.")
    ] = 0
    hint: Annotated[str, Field(description="What to write instead.")] = ""
    challenge: Annotated[str, Field(description="Where to get a challenge to solve.")] = ""
