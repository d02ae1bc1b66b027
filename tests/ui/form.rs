//! Drafts against a store that moves: nothing typed is dropped, nothing stored is overwritten unseen.

use dti::record::{Body, Content, EvidenceRef, IndicatorValue, Key, Snapshot, TaskProgress, TaskStatus};
use dti::ui::form::{Drafts, Field};
use dti::ui::{Command, Edit};

use crate::support::{World, period, ratio};

fn world() -> World {
    World::of("so-noi-vu")
}

fn key() -> Key {
    Key::of_item(dti::catalogue::embedded(), "D08", "so-noi-vu", &period("2023-Q4")).unwrap()
}

fn edits(command: Option<Command>) -> Vec<Edit> {
    match command {
        Some(Command::Save(edits)) => edits,
        None => Vec::new(),
        Some(other) => panic!("{other:?}"),
    }
}

fn stored(body: Body) -> Snapshot {
    world().enter("D08", "so-noi-vu", "2023-Q4", body).snapshot()
}

#[test]
fn a_file_attached_while_a_ratio_is_half_typed_stays_with_it() {
    let before = stored(Body::new(Content::Indicator(IndicatorValue::default())));
    let mut drafts = Drafts::default();
    drafts.enter(&before, &key(), Field::Numerator, "5".to_owned());
    assert!(edits(drafts.sync(&before, 0)).is_empty());
    let file = EvidenceRef { sha256: "a".repeat(64), name: "bao-cao.pdf".to_owned(), bytes: 3 };
    let attached = Body { evidence: vec![file.clone()], ..Body::new(Content::Indicator(IndicatorValue::default())) };
    let after = stored(attached);
    assert!(edits(drafts.sync(&after, 0)).is_empty());
    drafts.enter(&after, &key(), Field::Denominator, "10".to_owned());
    let saved = edits(drafts.sync(&after, 0));
    assert_eq!(saved[0].body, Body { evidence: vec![file], ..Body::new(ratio(5, 10)) });
    assert_eq!(saved[0].seen, vec![after.record(&key()).unwrap().heads[0].id.clone()]);
}

#[test]
fn a_value_that_came_in_meanwhile_is_not_overwritten_unseen() {
    let before = stored(Body::new(ratio(1, 2)));
    let mut drafts = Drafts::default();
    drafts.enter(&before, &key(), Field::Numerator, "1.234".to_owned());
    drafts.cancel(&key(), Field::Numerator);
    drafts.change(&before, &key(), |body| body.content = ratio(7, 9));
    let after = stored(Body::new(ratio(3, 4)));
    assert!(edits(drafts.sync(&after, 0)).is_empty());
    assert!(drafts.is_refused(&key()));
    assert_eq!(drafts.body(&after, &key()), Body::new(ratio(7, 9)));
    drafts.retry(&after, &key());
    assert_eq!(edits(drafts.sync(&after, 0))[0].body, Body::new(ratio(7, 9)));
}

#[test]
fn an_emptied_form_takes_the_record_back_and_an_untouched_one_saves_nothing() {
    let before = stored(Body::new(Content::Indicator(IndicatorValue::value(5.into()))));
    let mut drafts = Drafts::default();
    drafts.enter(&before, &key(), Field::Value, "5".to_owned());
    assert!(edits(drafts.sync(&before, 0)).is_empty());
    assert!(!drafts.unsaved());
    drafts.enter(&before, &key(), Field::Value, String::new());
    assert_eq!(edits(drafts.sync(&before, 0))[0].body, Body::new(Content::Withdrawn));
}

#[test]
fn a_value_that_came_in_while_a_field_was_typed_in_is_not_overwritten_unseen() {
    let before = stored(Body::new(ratio(1, 2)));
    let after = stored(Body::new(ratio(3, 4)));
    let mut in_a_field = Drafts::default();
    in_a_field.keep(&before, &key(), Field::Numerator, "7".to_owned());
    in_a_field.keep(&after, &key(), Field::Numerator, "70".to_owned());
    in_a_field.commit(dti::catalogue::embedded(), &key(), Field::Numerator);
    let mut in_a_cell = Drafts::default();
    in_a_cell.watch(&before, Some(&key()));
    in_a_cell.watch(&after, Some(&key()));
    in_a_cell.enter(&after, &key(), Field::Numerator, "70".to_owned());
    for mut drafts in [in_a_field, in_a_cell] {
        assert!(edits(drafts.sync(&after, 0)).is_empty());
        assert!(drafts.is_refused(&key()), "its officer decides");
        drafts.retry(&after, &key());
        assert_eq!(edits(drafts.sync(&after, 0))[0].body, Body::new(ratio(70, 2)));
    }
}

#[test]
fn what_one_stored_oneself_meanwhile_is_no_reason_to_refuse_another_field() {
    let before = world().enter("IV.2", "so-noi-vu", "2023-Q4", progress(10, "")).snapshot();
    let line = Key::of_item(dti::catalogue::embedded(), "IV.2", "so-noi-vu", &period("2023-Q4")).unwrap();
    let mut drafts = Drafts::default();
    drafts.enter(&before, &line, Field::Percent, "nửa".to_owned());
    drafts.enter(&before, &line, Field::Result, "Ba lớp".to_owned());
    assert_eq!(edits(drafts.sync(&before, 0)).len(), 1);
    let after = world().enter("IV.2", "so-noi-vu", "2023-Q4", progress(10, "Ba lớp")).snapshot();
    assert!(edits(drafts.sync(&after, 1)).is_empty());
    drafts.enter(&after, &line, Field::Percent, "50".to_owned());
    assert_eq!(edits(drafts.sync(&after, 1))[0].body, progress(50, "Ba lớp"));
}

fn progress(percent: u8, result: &str) -> Body {
    let task = TaskProgress {
        status: TaskStatus::InProgress,
        percent: Some(percent),
        result: result.to_owned(),
        ..TaskProgress::default()
    };
    Body::new(Content::Task(task))
}
