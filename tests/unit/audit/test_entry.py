from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as some

from standpipe.audit.entry import FIRST_HASH, Deed, chained, root
from standpipe.kernel.identifiers import new_id


def deed(**changes) -> Deed:
    return replace(
        Deed(
            id=new_id(),
            verb="data.read",
            at=datetime(2026, 11, 22, 10, 0, tzinfo=UTC),
            actor_kind="staff",
            actor_id="7",
            actor_name="Kit",
            actor_organisation=None,
            organisation=None,
            subjects=(),
            what="case:1",
            purpose="blue_badge",
            basis="public_task",
            detail={},
        ),
        **changes,
    )


def test_the_same_deed_has_the_same_text_whatever_the_order_of_its_detail():
    one = deed(detail={"a": 1, "b": 2})

    assert one.body() == replace(one, detail={"b": 2, "a": 1}).body()


@given(some.text(), some.text())
def test_two_texts_after_the_same_hash_have_different_hashes(one, other):
    assert (chained(FIRST_HASH, one) == chained(FIRST_HASH, other)) == (one == other)


def test_every_part_of_a_deed_is_in_the_text_that_is_hashed():
    first = deed()
    for changed in (
        {"verb": "case.decided"},
        {"at": datetime(2026, 11, 22, 10, 1, tzinfo=UTC)},
        {"actor_kind": "client"},
        {"actor_id": "8"},
        {"actor_name": "Kim"},
        {"actor_organisation": new_id()},
        {"organisation": new_id()},
        {"subjects": (new_id(),)},
        {"what": "case:2"},
        {"purpose": "other"},
        {"basis": "consent"},
        {"detail": {"a": 1}},
    ):
        assert replace(first, **changed).body() != first.body(), changed


def test_the_root_changes_with_any_head_and_not_with_their_order():
    heads = [(0, 3, "a" * 64), (1, 5, "b" * 64)]

    assert root(heads) == root(heads[::-1])
    assert root(heads) != root([(0, 3, "a" * 64), (1, 5, "c" * 64)])
    assert root(heads) != root([(0, 4, "a" * 64), (1, 5, "b" * 64)])
