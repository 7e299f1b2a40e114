"""Every benchmark runs and tells its figures in the agreed shape; goals are not for tests."""

from dataclasses import asdict, fields

import pytest

from bench import api, pages, size
from bench.proving_ground import ProvingGround
from bench.report import Figure


@pytest.fixture(scope="module")
def ground():
    with ProvingGround() as made:
        made.stack.start_worker()
        made.stack.start_web()
        yield made


def check_shape(figures):
    assert all(set(asdict(one)) == {field.name for field in fields(Figure)} for one in figures)
    assert all(one.value >= 0 for one in figures)
    return {one.name: one for one in figures}


def test_the_api_is_measured_beside_the_yardstick(ground):
    figures = check_shape(api.measure(ground, seconds=1))

    assert {api.CREATE, api.READ, api.LIST} <= set(figures)
    assert figures[api.CREATE].ratio > 0


def test_the_client_is_not_what_is_measured(ground):
    figures = {one.name: one.value for one in api.measure(ground, seconds=1)}

    assert figures[f"{api.READ}: cores used by the client"] < 1


def test_a_form_page_and_whole_journeys_are_measured(ground):
    figures = check_shape(pages.measure(ground, seconds=1))

    assert figures["complete citizen journeys"].value > 0
    assert figures["a form page: HTML"].value <= 15


def test_growth_is_measured(ground):
    figures = check_shape(size.measure(ground, sizes=(300, 600), seconds=0.5))

    assert figures["read a case of 600"].value > 0
