"""The database administrator edits an entry of the log, and goes on to repair every hash that the database holds."""

from insider import County, both_name, new_bag

NOTICE = "SELECT seq, leaf FROM journal_event WHERE act = 'draw.notice'"


def edit(county: County) -> str:
    """Let the log say that the notice was announced a day before; return what it said."""
    ((seq, leaf),) = county.sql(NOTICE)
    county.sql(
        "UPDATE journal_event SET leaf = ? WHERE seq = ?",
        leaf.replace('"done_at":"2023-08-22', '"done_at":"2023-08-21'),
        seq,
    )
    assert county.sql(NOTICE) != [(seq, leaf)]
    return str(leaf)


def test_the_audit_names_the_checkpoints_that_no_longer_fit(county: County) -> None:
    edit(county)
    said = county.audit()
    assert "与重算的根哈希不同：签署之后有条目被改动" in said


def test_a_checkpoint_signed_anew_contradicts_the_cosigned_ones(county: County) -> None:
    """There are fewer than 256 entries, so no node is stored: the leaf alone is the whole forgery, and the key signs what follows."""
    edit(county)
    county.journal("checkpoint")
    said = county.audit()
    assert "签署之后有条目被改动" in said


def test_a_bag_made_of_it_is_refused_by_both_verifiers(county: County) -> None:
    edit(county)
    both_name(new_bag(county), "01-notice.json 说的不是这一步", "entry_of_another")


def test_an_event_whose_search_field_alone_is_edited(county: County) -> None:
    county.sql("UPDATE journal_event SET obj = 'draw/another' WHERE act = 'draw.notice'")
    assert "检索字段" in county.audit()
