"""`digest topics`: any papers from a file, ranked for topics or held against one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from digest.cli.topics import app
from digest.sources.jsonl import PapersFileError, read_papers

PAPERS = (
    {"id": "a", "title": "Diffusion at Rest", "abstract": "We rest.", "authors": ["Ada Example"]},
    {"id": "b", "title": "Prices of Bonds", "upvotes": 30, "code_url": "https://example.org"},
    {"id": 3, "title": "Videos", "abstract": "Diffusion of videos.", "keywords": ["video"]},
)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    path = tmp_path / "papers.jsonl"
    path.write_text("\n".join(json.dumps(paper) for paper in PAPERS) + "\n\n", encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def ranked(tmp_path: Path, papers: Path, topics: str, *options: object) -> Result:
    path = tmp_path / "topics.tsv"
    path.write_text(topics, encoding="utf-8")
    return run("rank", "--topics", path, "--papers", papers, *options)


def test_a_run_has_every_paper_in_order(tmp_path: Path, papers: Path) -> None:
    result = ranked(tmp_path, papers, "t1\tdiffusion\nt2\tbonds\n")
    lines = [line.split() for line in result.stdout.splitlines()]
    assert [len(line) for line in lines] == [6] * 6
    assert [line[2] for line in lines[:3]] == ["a", "3", "b"]
    assert [line[:2] + line[3:4] + line[5:] for line in lines[3:]] == [
        ["t2", "Q0", str(place), "digest"] for place in (1, 2, 3)
    ]
    scores = [float(line[4]) for line in lines[:3]]
    assert scores == sorted(scores, reverse=True)


def test_a_run_may_be_cut_named_and_only_of_matches(tmp_path: Path, papers: Path) -> None:
    cut = ranked(tmp_path, papers, "t1\tdiffusion\n", "--top", 1, "--tag", "mine")
    assert [line.split()[5] for line in cut.stdout.splitlines()] == ["mine"]
    chosen = ranked(tmp_path, papers, "t1\tdiffusion -videos\n", "--matches-only")
    assert [line.split()[2] for line in chosen.stdout.splitlines()] == ["a"]


def test_a_need_that_is_no_query_is_taken_as_words_and_said(tmp_path: Path, papers: Path) -> None:
    result = ranked(tmp_path, papers, "t1\tdiffusion (\n")
    assert result.exit_code == 0
    assert "t1 is taken as plain words" in result.stderr
    assert result.stdout.split()[2] == "a"


@pytest.mark.parametrize("text", ["no tab here\n", "\tdiffusion\n", "t1\t\n"])
def test_a_line_without_id_and_query_is_named(tmp_path: Path, papers: Path, text: str) -> None:
    result = ranked(tmp_path, papers, text)
    assert result.exit_code == 1
    assert "line 1: write an id, a tab and a query" in " ".join(result.stderr.split())


def test_trying_on_a_file_tells_papers_scores_and_reasons(papers: Path) -> None:
    told = run("try", "diffusion -videos", "--papers", papers).stdout
    assert "1 of 3 papers" in told
    assert "mentions Diffusion" in told
    as_json = json.loads(run("try", "upvotes:>20", "--papers", papers, "--json").stdout)
    assert [paper["title"] for paper, _ in as_json["found"]] == ["Prices of Bonds"]


def test_trying_a_broken_query_points_at_the_character(papers: Path) -> None:
    result = run("try", "diffusion upvotes:many", "--papers", papers)
    assert result.exit_code == 1
    assert "upvotes:>20" in result.stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[]", '"id" and "title"'),
        ('{"id": "a"}', '"id" and "title"'),
        ("{", "line 2"),
        ('{"id": "a", "title": "b", "authors": "Ada"}', '"authors"'),
        ('{"id": "a", "title": "b", "upvotes": "many"}', "many"),
    ],
)
def test_a_bad_line_is_named_with_what_to_write(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_text(f'{{"id": "z", "title": "Good"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(PapersFileError, match="line 2") as wrong:
        read_papers(path)
    assert said in str(wrong.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    result = run("try", "diffusion", "--papers", tmp_path / "none.jsonl")
    assert result.exit_code == 1
    assert "none.jsonl" in result.stderr.replace("\n", "")
