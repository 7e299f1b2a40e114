"""A changed rule: refused, mended, proposed, approved by a second, in force for who begins now."""

from datetime import date

import pytest
from django.db import IntegrityError

from standpipe.applications.actions import begin
from standpipe.applications.queries import open_application
from standpipe.dmn import FaultyModel
from standpipe.identity.tenancy import acting
from standpipe.kernel.identifiers import new_id
from standpipe.packs.loaded import packs
from standpipe.policy.actions import (
    accept_example,
    approve_and_publish,
    begin_draft,
    change_cells,
    change_fee,
    change_row,
    discard,
    propose,
    send_back,
)
from standpipe.policy.draft import (
    ChangedMeanwhile,
    NoSuchDraft,
    NotAllowedNow,
    NotOurs,
    NotReady,
    Outdated,
    SamePerson,
    TooEarly,
)
from standpipe.policy.models import Draft
from standpipe.policy.queries import checked, open_draft, own_services
from tests import make

TABLE = "PIP moving around"
COUNTY = "borrowdale_county"
AT = make.AT
TODAY = AT.date()


@pytest.fixture
def author():
    return make.staff(COUNTY, "manager", name="Author")


@pytest.fixture
def second():
    return make.staff(COUNTY, "manager", name="Second")


def begun(author):
    return begin_draft("blue_badge", actor=author, at=AT)


def write(draft, author, changes, table=TABLE):
    seen = open_draft(draft, actor=author).mark
    change_cells(draft, table, changes, seen=seen, actor=author, at=AT)


def raise_threshold(draft, author):
    """Let moving around count from 10 points on, no longer from 8."""
    row = next(
        row.number
        for step in own_services(author)["blue_badge"].steps
        if step.decision.name == TABLE
        for row in step.decision.rows
        if row.id == "moving_around_c"
    )
    now = own_services(author)["blue_badge"].steps[0].decision.rows[row - 1].values[0]
    write(draft, author, {(row, "output", 0): "false" if now else "true"})


def accept_all(draft, author):
    while failed := checked(open_draft(draft, actor=author)).failed:
        one = failed[0].example
        accept_example(draft, one.file, one.situation, actor=author, at=AT)


def test_a_text_that_cannot_stand_in_its_cell_is_refused_and_nothing_is_kept(author):
    draft = begun(author)
    with pytest.raises(FaultyModel) as refused:
        write(draft, author, {(4, "output", 1): "eight", (4, "output", 0): "false"})

    fault = refused.value.faults[0]
    assert (fault.table, fault.row, fault.cell) == (TABLE, 4, "points")
    assert fault.mend.en
    assert open_draft(draft, actor=author).texts == {}


def test_a_gap_and_an_overlap_are_kept_named_and_in_the_way(author):
    draft = begun(author)
    write(draft, author, {(4, "input", 1): '"d"'})
    found = checked(open_draft(draft, actor=author))

    assert any("Rows 4 and 5 both hold" in one.message.en for one in found.holes)
    assert any(
        "No row answers" in one.message.en and '"c"' in one.message.en for one in found.holes
    )
    with pytest.raises(NotReady):
        propose(draft, reason="Because", valid_from=TODAY, actor=author, at=AT)


def test_a_row_without_law_is_in_the_way(author):
    draft = begun(author)
    write(draft, author, {(4, "annotation", 0): ""})

    assert [one.cell for one in checked(open_draft(draft, actor=author)).holes] == ["Legislation"]


def test_a_failing_example_is_in_the_way_until_its_new_result_is_accepted(author):
    draft = begun(author)
    raise_threshold(draft, author)
    assert checked(open_draft(draft, actor=author)).failed
    with pytest.raises(NotReady):
        propose(draft, reason="Because", valid_from=TODAY, actor=author, at=AT)

    accept_all(draft, author)

    assert checked(open_draft(draft, actor=author)).ready


def test_whoever_was_shown_an_older_draft_changes_nothing(author):
    draft = begun(author)
    with pytest.raises(ChangedMeanwhile):
        change_cells(draft, TABLE, {}, seen="another", actor=author, at=AT)


def test_a_fee_above_the_law_is_refused_and_one_below_is_kept(author):
    draft = begun(author)
    fee = {"law": "SI 2000/682, reg. 6", "refundable": True, "actor": author, "at": AT}
    with pytest.raises(NotReady, match="more than the law allows"):
        change_fee(draft, since=date(2027, 4, 1), amount_pence=2000, **fee)
    change_fee(draft, since=date(2027, 4, 1), amount_pence=900, **fee)

    pack = checked(open_draft(draft, actor=author)).pack
    assert pack.fee(date(2027, 3, 31)).amount_pence == 1000
    assert pack.fee(date(2027, 4, 1)).amount_pence == 900


def test_a_copied_row_overlaps_until_it_is_removed_again(author):
    draft = begun(author)
    change_row(
        draft, TABLE, 3, how="copy", seen=open_draft(draft, actor=author).mark, actor=author, at=AT
    )
    assert checked(open_draft(draft, actor=author)).holes
    change_row(
        draft,
        TABLE,
        4,
        how="remove",
        seen=open_draft(draft, actor=author).mark,
        actor=author,
        at=AT,
    )
    assert open_draft(draft, actor=author).texts == {}


def proposed(author, *, valid_from=TODAY):
    draft = begun(author)
    raise_threshold(draft, author)
    accept_all(draft, author)
    propose(draft, reason="The law changed", valid_from=valid_from, actor=author, at=AT)
    return draft


def test_nobody_approves_their_own_rule_not_even_past_the_code(author):
    draft = proposed(author)
    with pytest.raises(SamePerson):
        approve_and_publish(draft, actor=author, at=AT)
    with pytest.raises(IntegrityError), acting(author):
        Draft.objects.filter(id=draft).update(approved_by_id=author.id)


def test_a_past_day_is_refused(author):
    with pytest.raises(TooEarly):
        proposed(author, valid_from=date(2020, 1, 1))


def test_another_organisation_sees_and_changes_nothing(author):
    draft = begun(author)
    other = make.staff("northmere_district", "manager")
    with pytest.raises(NoSuchDraft):
        open_draft(draft, actor=other)
    with pytest.raises(NoSuchDraft):
        discard(draft, actor=other, at=AT)
    with pytest.raises(NotOurs):
        begin_draft("blue_badge", actor=other, at=AT)


def test_a_draft_that_is_proposed_is_changed_only_once_it_is_sent_back(author, second):
    draft = proposed(author)
    with pytest.raises(NotAllowedNow):
        write(draft, author, {})
    send_back(draft, why="Cite the regulation", actor=second, at=AT)

    view = open_draft(draft, actor=author)
    assert (view.state, view.returned) == ("draft", "Cite the regulation")
    write(draft, author, {})


def test_what_a_second_person_publishes_is_what_new_applications_begin_with(author, second):
    ada = make.person()
    before = packs()["blue_badge"]
    old = begin("blue_badge", actor=ada, language="en", channel="web", at=AT).reference
    draft, rival = proposed(author), proposed(author)

    version = approve_and_publish(draft, actor=second, at=AT)

    live = packs()["blue_badge"]
    new = begin("blue_badge", actor=ada, language="en", channel="web", at=AT).reference
    assert live.version == version != before.version
    assert open_application(new, actor=ada, at=AT).pack.sha256 == live.sha256
    assert open_application(old, actor=ada, at=AT).pack.sha256 == before.sha256
    with pytest.raises(Outdated):
        approve_and_publish(rival, actor=second, at=AT)


def test_a_rule_of_a_later_day_waits_for_it(author, second):
    draft = proposed(author, valid_from=date(2199, 1, 1))
    before = packs()["blue_badge"].sha256
    approve_and_publish(draft, actor=second, at=AT)

    assert packs()["blue_badge"].sha256 == before
    assert own_services(author)["blue_badge"].sha256 == open_draft(draft, actor=author).published


def test_publications_cannot_be_changed_or_taken_back(owner):
    owner.execute(
        "INSERT INTO packs_packsnapshot VALUES (%s, 'x', '1.0.0', '{}', now())", [new_id().hex * 2]
    )
    owner.execute(
        "INSERT INTO packs_publication (name, version, snapshot_id, valid_from, at)"
        " SELECT 'x', '1.0.0', sha256, current_date, now() FROM packs_packsnapshot WHERE name = 'x'"
    )
    with pytest.raises(Exception, match="never changed"):
        owner.execute("DELETE FROM packs_publication WHERE name = 'x'")
