"""The JSON API: what its document says is what it does, whatever is thrown at it."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import timedelta
from itertools import count

import altcha
import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from sqlalchemy import func, select
from starlette.types import ASGIApp, Receive, Scope, Send

from digest import subscribers
from digest.config import Challenge, Settings
from digest.database import Database
from digest.models import SignUp, Subscriber
from digest.web import create_app
from tests.factories import NOW, closed_edition, stored_paper

PROBLEM = "application/problem+json"


class FromEverywhere:
    """Gives each request another client's address, so that no limit hides a defect."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.clients = count(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        number = next(self.clients)
        client = (f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}", 1)
        await self.app({**scope, "client": client}, receive, send)


@pytest.fixture
def document(postgres: Database, settings: Settings) -> schemathesis.BaseSchema:
    with postgres.write() as session:
        closed_edition(session, [stored_paper(session, title="A Survey of Robots")])
    plenty = settings.model_copy(update={"signups_per_hour": 10**6, "signups_per_day": 10**6})
    app = create_app(plenty, postgres, lambda _: None, lambda: NOW)
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", FromEverywhere(app))


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "papers"),
        ("GET", "search"),
        ("GET", "topics/try"),
        ("GET", "challenge"),
        ("POST", "subscriptions"),
    ],
)
def test_nothing_thrown_at_the_api_gets_an_answer_that_its_document_does_not_tell(
    document: schemathesis.BaseSchema, method: str, path: str, mode: GenerationMode
) -> None:
    if (path, mode) == ("challenge", GenerationMode.NEGATIVE):
        return  # It takes nothing that could be wrong.
    cases = document[f"/api/v1/{path}"][method].as_strategy(generation_mode=mode)

    @examples(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
    @given(cases)
    def throw(case: schemathesis.Case) -> None:
        # A schema cannot say which words are an address or a topic, nor how long a body may be.
        answer = case.call()
        by_length = [negative_data_rejection] if answer.status_code == 413 else []
        case.validate_response(answer, excluded_checks=[positive_data_acceptance, *by_length])

    throw()


@pytest.fixture
def careful(sqlite: Database, settings: Settings) -> Iterator[TestClient]:
    """The API of an installation that always wants a challenge solved."""
    always = settings.model_copy(update={"challenge": Challenge.ALWAYS})
    with TestClient(create_app(always, sqlite, lambda _: None, lambda: NOW)) as client:
        yield client


def solved(client: TestClient) -> str:
    made = client.get("/api/v1/challenge").json()
    solution = altcha.solve_challenge(altcha.Challenge.from_dict(made))
    assert solution is not None
    return b64encode(
        json.dumps({"challenge": made, "solution": solution.to_dict()}).encode()
    ).decode()


def test_a_body_that_is_too_long_is_a_problem_as_documented(web: TestClient) -> None:
    answer = web.post("/api/v1/subscriptions", json={"topics": ["x" * 70_000]})
    assert (answer.status_code, answer.headers["content-type"]) == (413, PROBLEM)


def test_a_day_a_search_and_a_trial(web: TestClient) -> None:
    assert len(web.get("/api/v1/papers").json()["papers"]) == 2
    found = web.get("/api/v1/search", params={"q": "robots"}).json()
    assert (found["total"], found["hits"][0]["paper"]["title"]) == (1, "A Survey of Robots")
    tried = web.get("/api/v1/topics/try", params={"q": "Robots"}).json()
    assert (tried["query"], tried["last_7_days"]) == ("robots", 1)


def test_a_topic_that_cannot_be_read_is_told_with_the_place_and_what_to_write(
    web: TestClient,
) -> None:
    wish = {"address": "a@example.org", "topics": ["(open"]}
    for answer in (
        web.get("/api/v1/topics/try", params={"q": "(open"}),
        web.get("/api/v1/search", params={"q": "(open"}),
        web.post("/api/v1/subscriptions", json=wish),
    ):
        assert answer.status_code == 422
        assert answer.headers["content-type"] == PROBLEM
        assert (answer.json()["position"], answer.json()["status"]) == (0, 422)
        assert answer.json()["hint"]


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"address": "nonsense"}, "@"),
        ({"address": "a@example.org", "hour": 24}, "hour"),
        ({"address": "a@example.org", "time_zone": "Moon/Base"}, "Moon/Base"),
        ({"address": "a@example.org", "topics": [str(n) for n in range(99)]}, "50 topics"),
        ({"topics": []}, "address"),
    ],
)
def test_a_wish_that_cannot_be_met_is_told_in_words(
    web: TestClient, wish: dict[str, object], words: str
) -> None:
    answer = web.post("/api/v1/subscriptions", json=wish)
    assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM)
    assert words in answer.json()["detail"]


def test_a_wish_is_kept_and_its_owner_asked(web: TestClient, sqlite: Database) -> None:
    answer = web.post("/api/v1/subscriptions", json={"address": "a@example.org"})
    assert (answer.status_code, answer.json()) == (202, {"status": "confirmation mailed"})
    with sqlite.read() as session:
        assert session.scalars(select(Subscriber.address)).all() == ["a@example.org"]


def test_form_and_api_have_the_same_limits(sqlite: Database, settings: Settings) -> None:
    auto = settings.model_copy(update={"challenge": Challenge.AUTO})
    with TestClient(create_app(auto, sqlite, lambda _: None, lambda: NOW)) as web:
        answers = [
            web.post("/api/v1/subscriptions", json={"address": f"a{n}@example.org"})
            for n in range(6)
        ]
    assert [answer.status_code for answer in answers] == [202] * 5 + [429]
    assert answers[5].json()["challenge"] == "/api/v1/challenge"
    assert answers[5].headers["retry-after"] == "3600"


def test_a_solved_challenge_lets_one_sign_up_in(careful: TestClient, sqlite: Database) -> None:
    wish = {"address": "a@example.org", "altcha": solved(careful)}
    assert careful.post("/api/v1/subscriptions", json=wish).status_code == 202
    again = careful.post("/api/v1/subscriptions", json=wish | {"address": "b@example.org"})
    assert (again.status_code, again.json()["challenge"]) == (429, "/api/v1/challenge")
    with sqlite.read() as session:
        assert session.scalar(select(func.count(SignUp.id))) == 1


@pytest.mark.parametrize("spoil", ["signature", "derivedKey", "expires"])
def test_a_forged_or_old_solution_lets_nobody_in(
    sqlite: Database, settings: Settings, careful: TestClient, spoil: str
) -> None:
    text = solved(careful)
    value = json.loads(b64decode(text))
    if spoil == "signature":
        value["challenge"]["parameters"]["cost"] = 1
    elif spoil == "derivedKey":
        value["solution"]["derivedKey"] = "00" * 32
    else:
        always = settings.model_copy(update={"challenge": Challenge.ALWAYS})
        later = NOW + timedelta(hours=2)
        careful = TestClient(create_app(always, sqlite, lambda _: None, lambda: later))
    altered = b64encode(json.dumps(value).encode()).decode()
    wish = {"address": "a@example.org", "altcha": altered}
    assert careful.post("/api/v1/subscriptions", json=wish).status_code == 429


def test_whatever_is_sent_as_a_solution_is_an_answer_and_no_error(careful: TestClient) -> None:
    for text in ("x", "e30=", "W10=", "bnVsbA==", "eyJjaGFsbGVuZ2UiOiB7fX0=", "é", "=" * 4000):
        wish = {"address": "a@example.org", "altcha": text}
        assert careful.post("/api/v1/subscriptions", json=wish).status_code == 429


def test_the_document_names_every_answer(web: TestClient) -> None:
    paths = web.get("/api/v1/openapi.json").json()["paths"]
    for path, operations in paths.items():
        for operation in operations.values():
            assert operation["summary"], path
            assert set(operation["responses"]) >= {"408", "413"}, path
    assert set(paths) == {
        f"/api/v1/{name}"
        for name in ("papers", "search", "topics/try", "challenge", "subscriptions")
    }


def test_a_wish_waits_for_its_owner_and_nobody_else(web: TestClient, sqlite: Database) -> None:
    web.post("/api/v1/subscriptions", json={"address": "a@example.org", "topics": ["robots"]})
    assert subscribers.everyone(sqlite)[0]["status"] == "pending"


def test_people_read_the_reference_as_a_page(web: TestClient) -> None:
    page = web.get("/api")
    assert page.status_code == 200
    for operation in ("GET /api/v1/search", "POST /api/v1/subscriptions"):
        assert operation in page.text
    assert "time_zone" in page.text


OPEN = ("/api/v1/papers", "/api/v1/search?q=robots", "/api/v1/topics/try?q=robots")


@pytest.mark.parametrize("path", [*OPEN, "/api/v1/search?q=%22"])
def test_pages_of_any_origin_may_read_about_papers(web: TestClient, path: str) -> None:
    assert web.get(path).headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    "path", ["/api/v1/challenge", "/", "/manage/x", "/feed/x.json", "/healthz"]
)
def test_pages_of_other_origins_read_nothing_else(web: TestClient, path: str) -> None:
    assert "access-control-allow-origin" not in web.get(path).headers


def test_pages_of_other_origins_subscribe_nobody(web: TestClient) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    for method in ("OPTIONS", "POST"):
        answer = web.request(method, "/api/v1/subscriptions", headers=asked)
        assert "access-control-allow-origin" not in answer.headers
