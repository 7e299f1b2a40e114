"""Personal data is read with a permission alone, which only consent makes; each use is recorded."""

import ast

import pytest

from tests.house.source import Module, called, modules

# Capabilities whose rows are about people.
PERSONAL = {
    "applications",
    "assessments",
    "audit",
    "cases",
    "consent",
    "documents",
    "entitlements",
    "facts",
    "notifications",
    "payments",
}
RECORDS = {"record_use", "record"}
# A part of something bigger: its caller records the whole, and is tested to.
BY_THE_CALLER = "the caller records the use"
# Readers that need neither, and why.
EXEMPT = {
    "audit.queries.heads": "says how long each chain is, of nobody",
    "audit.queries.verify": "is the operator's check of the whole log, run as the owner",
    "audit.queries.checkpoint": "says where the log ends, of nobody",
    "audit.queries.about": "is a person's own look at the log; looking is not logged again",
    "consent.queries.receipts_of": "names receipts of consultations that its caller has read",
    "documents.queries.open_disclosed": "is asked by assessments alone, which has the permission",
    "documents.queries.letter_of": "says that there is a letter; opening it takes a permission",
    "payments.queries.payment_of": "belongs to an application that its caller has read",
    "applications.queries.my_agreements": "asks consent.queries.agreements, which records it",
    "entitlements.queries.receivers": "says which organisations issue a kind, of nobody",
    "facts.queries.fact_of": "turns a row that its caller has into plain types",
    "payments.queries.open_payments": "tells the worker which can still be made, and of nobody",
    "payments.queries.view": "turns a row that its caller has into plain types",
}


def makes_permission(module: Module) -> bool:
    """Tell whether a module makes a permission, or takes the seal to make one with."""
    if module.name == "standpipe.consent.permission" or (module.capability, module.kind) == (
        "consent",
        "actions",
    ):
        return False
    return "Permission" in module.calls or any("_SEAL" in name for name in module.imports)


def faults_of(module: Module) -> list[str]:
    """Return the readers of a module that take nobody's permission, or leave no trace."""
    inner = {
        node.name: set(called(node))
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef)
    }
    found = []
    for function in module.public_functions:
        name = f"{module.name.removeprefix('standpipe.')}.{function.name}"
        if name in EXEMPT:
            continue
        arguments = [*function.args.args, *function.args.kwonlyargs]
        types = {ast.unparse(one.annotation) for one in arguments if one.annotation}
        if not types & {"Permission", "Actor"}:
            found.append(f"{name} takes neither a permission nor an actor")
        says_so = BY_THE_CALLER in (ast.get_docstring(function) or "").lower()
        if not says_so and not _reach(function.name, inner) & RECORDS:
            found.append(f"{name} does not record the use")
    return found


def _reach(name: str, inner: dict[str, set[str]]) -> set[str]:
    """Return the names of all that is called from a function, by way of its neighbours."""
    seen: set[str] = set()
    todo = [name]
    while todo:
        for one in inner.get(todo.pop(), ()):
            if one not in seen:
                seen.add(one)
                todo.append(one)
    return seen


def readers() -> list[Module]:
    return [
        one
        for one in modules("standpipe")
        if one.capability in PERSONAL and one.kind in ("queries", "json")
    ]


def test_a_reader_takes_a_permission_and_records_its_use():
    assert [fault for module in readers() for fault in faults_of(module)] == []


def test_only_consent_makes_a_permission():
    code = modules("standpipe", "connectors", "interfaces", "config")
    assert [module.name for module in code if makes_permission(module)] == []


READS = '''
def notes(case: UUID, permission: Permission) -> list[str]:
    """Return the notes of a case."""
    return _notes(case, permission)

def _notes(case, permission):
    {use}
    return list(Note.objects.filter(case=case))
'''


def test_a_reader_that_leaves_no_trace_is_noticed():
    silent = Module("standpipe.cases.queries", READS.format(use="pass"))
    honest = Module("standpipe.cases.queries", READS.format(use="record_use(permission)"))

    assert faults_of(silent) == ["cases.queries.notes does not record the use"]
    assert faults_of(honest) == []


def test_a_reader_that_asks_nobody_is_noticed():
    code = READS.format(use="record_use(None)").replace("Permission", "str")

    assert faults_of(Module("standpipe.cases.queries", code)) == [
        "cases.queries.notes takes neither a permission nor an actor"
    ]


@pytest.mark.parametrize(
    "code",
    [
        "leave = Permission(actor, None, None, 'x', 'own', None, at, None, None, seal=object())",
        "from standpipe.consent.permission import _SEAL",
        "import standpipe.consent.permission as p\nleave = p.Permission(*everything)",
    ],
)
def test_a_made_up_permission_is_noticed(code):
    assert makes_permission(Module("standpipe.cases.queries", code))


def test_a_permission_without_the_seal_is_refused():
    from standpipe.consent.permission import Permission

    with pytest.raises(TypeError):
        Permission(None, None, None, "x", "own", None, None, None, None, seal=object())
