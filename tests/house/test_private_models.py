"""A capability's models are its own; others ask its actions and queries."""

import pytest

from tests.house.source import Module, modules


def borrowed(module: Module) -> list[str]:
    """Return the models of other capabilities that a module imports."""
    found = []
    for name in sorted(module.imports):
        parts = name.split(".")
        if parts[0] == "standpipe" and "models" in parts[2:] and parts[1] != module.capability:
            found.append(name)
        if parts[:3] == ["django", "apps", "apps"] and module.capability:
            found.append(name)
    return found


def test_models_stay_in_their_capability():
    found = {
        one.name: borrowed(one)
        for one in modules("standpipe", "connectors", "interfaces", "config")
    }
    assert {name: models for name, models in found.items() if models} == {}


@pytest.mark.parametrize(
    "code",
    [
        "from standpipe.cases.models import Case",
        "import standpipe.cases.models",
        "def f():\n    from standpipe.cases.models import Case as Work",
        "from standpipe.cases import models",
    ],
)
def test_a_borrowed_model_is_noticed(code):
    assert borrowed(Module("standpipe.web.staff.queue", code))


def test_one_s_own_models_are_not():
    code = "from standpipe.cases.models import Case"
    assert borrowed(Module("standpipe.cases.queries", code)) == []
