//! A lead agency asks those that coordinate with it.

use dti::exchange::{Eml, ExchangeError, ImportOutcome, Novelty, SendOptions, Sent, request};
use dti::package::Refusal;
use dti::record::{Message, RequestedItem};

use super::{PERIOD, act, bytes, desk, merge, merge_all, packages};
use crate::support::packages::{notice, write};
use crate::support::period;
use crate::support::workspace::Desk;

/// Sở Nội vụ leads IV.2 and asks Đông Hà.
fn ask(lead: &mut Desk, item: &str, note: &str) -> Result<Sent, ExchangeError> {
    let options = SendOptions { to: packages(lead), eml: Eml::Write };
    let items = [RequestedItem { item: item.to_owned(), note: note.to_owned() }];
    act(lead, |store, ctx| request(store, ctx, "tp-dong-ha", &period(PERIOD), &items, &options))
}

#[test]
fn a_request_reaches_the_agency_and_is_taken_back_with_an_undo() {
    let mut lead = desk("so-noi-vu");
    let sent = ask(&mut lead, "IV.2", " theo biểu 02 ").unwrap();
    assert!(sent.letter.body.contains("phối hợp") && sent.letter.body.contains("theo biểu 02"), "{}", sent.letter.body);
    let again = ask(&mut lead, "IV.2", "theo biểu 02").unwrap();
    assert_eq!((again.novelty, bytes(&again.file.path)), (Novelty::Again, bytes(&sent.file.path)));

    let mut asked = desk("tp-dong-ha");
    let package = vec![sent.file.path];
    assert_eq!(merge_all(&mut asked, &package)[0].outcome, ImportOutcome::Merged);
    let wanted = RequestedItem { item: "IV.2".to_owned(), note: "theo biểu 02".to_owned() };
    assert_eq!(asked.snapshot().notices[0].requested(), [wanted]);
    asked.undo().unwrap();
    assert_eq!(asked.snapshot().notices, []);
    assert_eq!(asked.check(), vec![]);
}

#[test]
fn only_who_leads_a_task_can_ask_for_it() {
    let mut other = desk("huyen-vinh-linh");
    assert!(matches!(ask(&mut other, "IV.2", ""), Err(ExchangeError::NotLed(item)) if item == "IV.2"));
    assert_eq!(other.snapshot().operations, []);

    // Somebody who writes the package without the program.
    let message = Message::Request(vec![RequestedItem { item: "IV.2".to_owned(), note: String::new() }]);
    let mut contents = notice(message);
    contents.header.agency = "huyen-vinh-linh".to_owned();
    contents.header.recipient = "tp-dong-ha".to_owned();
    let forged = other.folder.path().join("yeu-cau.zip");
    std::fs::write(&forged, write(&contents)).unwrap();
    let refused = merge(&mut desk("tp-dong-ha"), std::slice::from_ref(&forged)).remove(0);
    let wanted = Refusal::NotTheLead { sender: "huyen-vinh-linh".to_owned(), item: "IV.2".to_owned() };
    assert_eq!(refused.reason, Some(wanted));
    let misdirected = merge(&mut desk("so-noi-vu"), &[forged]).remove(0);
    assert_eq!(misdirected.reason, Some(Refusal::OtherRecipient { recipient: "tp-dong-ha".to_owned() }));
}

#[test]
fn the_receiving_department_may_ask_everyone() {
    let mut receiver = desk("so-tttt");
    let package = vec![ask(&mut receiver, "IV.2", "").unwrap().file.path];
    assert_eq!(merge_all(&mut desk("tp-dong-ha"), &package)[0].outcome, ImportOutcome::Merged);
}
