"""Whatever is sent to a form: no failure of ours, and one clear message for each thing wrong."""

from __future__ import annotations

import os
import re
from functools import cache

from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standpipe.packs.loaded import packs, vocabulary
from standpipe.vocabulary.inputs import inputs_of
from standpipe.vocabulary.need import Need
from tests import make

# The whole 10,000 by STANDPIPE_BAD_INPUTS=10000; so many on every run.
EXAMPLES = int(os.environ.get("STANDPIPE_BAD_INPUTS", "300"))

odd_text = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="\x00\x01\x1f\x7f‮￾'\"<>&;%{}[]()\\/", max_size=20),
    st.sampled_from(
        ["", " ", "0", "-1", "31", "2", "1980", "QQ123456C", "BO3 4ZZ", "a@b.example", "yes", "no"]
    ),
    st.text(alphabet="9a ", min_size=500, max_size=3000),
    st.sampled_from(["{{ 7*7 }}", "{% x %}", "{0}", "%s", "' OR 1=1 --", "<script>", "١٢٣", "Ǻ"]),
)


@cache
def names() -> dict[str, list[str]]:
    """The inputs of each page of the form."""
    found = {}
    for page in packs()["blue_badge"].form.pages:
        attributes = [vocabulary()[Need.parse(ask.need).attribute] for ask in page.ask]
        found[page.id] = [part.name for one in attributes for part in inputs_of(one)]
    return found


def sent(draw: st.DrawFn, page: str) -> dict[str, object]:
    known = [*names()[page], "keep", "find", "postcode", "uprn", "agree"]
    return draw(
        st.dictionaries(
            st.one_of(st.sampled_from(known), st.text(max_size=10)),
            st.one_of(odd_text, st.lists(odd_text, max_size=3)),
            max_size=8,
        )
    )


@st.composite
def submissions(draw: st.DrawFn) -> tuple[str, dict[str, object]]:
    # The pages that ask somebody new; `dwp` would ask a register, and has its own tests.
    page = draw(
        st.sampled_from(["address", "name", "birth_date", "contact", "photo", "probably_not"])
    )
    return page, sent(draw, page)


@cache
def begun() -> tuple[Client, str]:
    client = Client(HTTP_HOST="localhost")
    answer = client.post("/services/blue_badge/start", make.FOR_MYSELF)
    return client, str(answer["Location"].rpartition("/")[2])


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    database=None,
)
@given(submissions())
def test_no_answer_to_a_question_breaks_the_page(one: tuple[str, dict[str, object]]) -> None:
    client, reference = begun()
    page, data = one

    answer = client.post(f"/applications/{reference}/questions/{page}", data)

    assert answer.status_code in (200, 302, 400, 422), (page, data)
    if answer.status_code == 422:
        _has_one_message_for_each_fault(answer.content.decode())


@settings(max_examples=max(20, EXAMPLES // 10), deadline=None, database=None)
@given(
    path=st.sampled_from(["/return", "/return/code", "/accounts/login/", "/accounts/signup/"]),
    data=st.dictionaries(
        st.sampled_from(["reference", "email", "code", "login", "password", "password1"]), odd_text
    ),
    number=st.integers(0, 255),
)
def test_no_sign_in_breaks_the_page(path: str, data: dict[str, str], number: int) -> None:
    client = Client(HTTP_HOST="localhost", REMOTE_ADDR=f"10.2.{number}.{len(data)}")

    answer = client.post(path, data)

    assert answer.status_code in (200, 302, 400, 422, 429), (path, data)


@settings(max_examples=max(20, EXAMPLES // 10), deadline=None, database=None)
@given(
    path=st.sampled_from(
        ["/", "/applications", "/return", "/data", "/staff/", "/services/blue_badge"]
    ),
    query=st.dictionaries(
        st.sampled_from(["lang", "page", "text", "next", "own", "from"]), odd_text
    ),
)
def test_no_address_breaks_a_page(path: str, query: dict[str, str]) -> None:
    client, _ = begun()

    assert client.get(path, query).status_code in (200, 302, 400)


def _has_one_message_for_each_fault(page: str) -> None:
    summary = re.search(r'govuk-error-summary__list">(.*?)</ul>', page, re.DOTALL)
    assert summary is not None, "something was refused without saying what"
    links = re.findall(r'href="#([^"]+)"', summary[1])
    assert len(links) == len(set(links)) >= 1
    assert all(f'id="{link}"' in page for link in links), links
    assert "<title>Error: " in page or "<title>Gwall: " in page
