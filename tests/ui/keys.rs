//! Keys on the screen: the own code, whose keys wait, what a package's signature is, and the officer's word on it.

use std::path::PathBuf;

use dti::record::RowCounts;
use dti::trust::{Answer, Case, KeyState, PublicKey, SecretKey, Signer, Standing};
use dti::ui::{Command, PreviewPackage, Screen, Verdict};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};

use super::{Window, harness, view};
use crate::support::{World, moment};

type Shown = Harness<'static, Window>;

const AGENCY: &str = "tp-dong-ha";

fn key(seed: u8) -> PublicKey {
    SecretKey::new([seed; 32]).public()
}

fn signer(seed: u8) -> Signer {
    Signer { agency: AGENCY.to_owned(), device: "may-2".to_owned(), key: key(seed) }
}

fn says(shown: &Shown, text: &str) -> bool {
    shown.query_all_by_label_contains(text).next().is_some()
}

fn press(shown: &mut Shown, name: &str, number: usize) {
    let pressable = |n: &Node<'_>| n.accesskit_node().role() != egui::Role::Label;
    let button = |shown: &Shown, act: fn(&Node<'_>)| {
        let found = shown.query_all_by_label(name).filter(pressable).nth(number);
        act(&found.unwrap_or_else(|| panic!("no button {name}")));
    };
    button(shown, |n| n.scroll_to_me());
    shown.run();
    button(shown, |n| n.click());
    shown.run();
}

/// One package of Đông Hà in the preview.
fn preview(standing: Standing, seed: Option<u8>, verdict: Verdict) -> Shown {
    let package = PreviewPackage {
        path: PathBuf::from("/goi/DTI_tp-dong-ha_2023-Q4_chinh-thuc.zip"),
        sha256: "1".repeat(64),
        bytes: 1,
        kind: None,
        agency: Some(AGENCY.to_owned()),
        period: None,
        filing: None,
        standing: Some(standing),
        signer: seed.map(signer),
        verdict,
        notice: None,
        edition: None,
        older_than: None,
        rows: Vec::new(),
        counts: RowCounts::default(),
    };
    let mut view = view(World::of("so-tttt"));
    view.workspace.as_mut().unwrap().preview = Some(vec![package]);
    harness(Window::new(view).on(Screen::Inbox))
}

#[test]
fn settings_show_the_own_code_and_whose_keys_wait() {
    let confirmed =
        KeyState::Confirmed { officer: "Trần Thị C".to_owned(), time: moment("2023-12-02T08:00:00+07:00") };
    let world = World::of("so-tttt").know("so-noi-vu", key(3), confirmed).know(AGENCY, key(1), KeyState::Seen).know(
        AGENCY,
        key(2),
        KeyState::Waiting,
    );
    let mut shown = harness(Window::new(view(world)).on(Screen::Settings));
    let own = shown.state().view.workspace.as_ref().unwrap().snapshot.trust.own.code();
    assert!(says(&shown, &own));
    for seed in [1, 2, 3] {
        assert!(says(&shown, &key(seed).code()));
    }
    assert!(says(&shown, "Trần Thị C xác nhận"));
    // What waits comes first.
    press(&mut shown, "Đã so mã, xác nhận khóa của UBND thành phố Đông Hà", 0);
    press(&mut shown, "Chép mã", 0);
    assert_eq!(shown.state().commands, [Command::ConfirmKey(signer(2)), Command::CopyText(own)]);
}

#[test]
fn settings_ask_what_to_do_about_each_kind_of_signature() {
    let mut shown = harness(Window::new(view(World::of("so-tttt"))).on(Screen::Settings));
    // New, changed, unsigned: the one in the middle is refused already.
    press(&mut shown, "Nhập kèm cảnh báo", 1);
    press(&mut shown, "Từ chối đến khi xác nhận", 2);
    let expected =
        [Command::SetPolicy(Case::Changed, Answer::Accept), Command::SetPolicy(Case::Unsigned, Answer::Refuse)];
    assert_eq!(shown.state().commands, expected);
}

#[test]
fn a_known_key_is_a_good_signature_and_asks_nothing() {
    let shown = preview(Standing::Remembered, Some(1), Verdict::Ok);
    assert!(says(&shown, "chữ ký đúng, khóa đã biết"));
    assert!(says(&shown, &key(1).code()));
    assert!(!says(&shown, "xác nhận khóa của"));
}

#[test]
fn a_first_key_can_be_confirmed_where_it_is_seen() {
    let mut shown = preview(Standing::First, Some(1), Verdict::Ok);
    assert!(says(&shown, "lần đầu thấy khóa này"));
    press(&mut shown, "Đã so mã, xác nhận khóa của UBND thành phố Đông Hà", 0);
    assert_eq!(shown.state().commands, [Command::ConfirmKey(signer(1))]);
}

#[test]
fn a_changed_key_says_so_beside_its_refusal() {
    let mut shown = preview(Standing::Changed, Some(2), Verdict::Refused("Khóa khác".to_owned()));
    assert!(says(&shown, "Khóa khác") && says(&shown, "khóa ký đã đổi") && says(&shown, &key(2).code()));
    press(&mut shown, "Đã so mã, xác nhận khóa của UBND thành phố Đông Hà", 0);
    assert_eq!(shown.state().commands, [Command::ConfirmKey(signer(2))]);
}

#[test]
fn a_package_without_a_signature_has_nothing_to_confirm() {
    let shown = preview(Standing::Unsigned, None, Verdict::Ok);
    assert!(says(&shown, "không có chữ ký"));
    assert!(!says(&shown, "xác nhận khóa của"));
}

#[test]
fn a_key_is_confirmed_from_the_list_of_what_came() {
    let mut view = view(World::of("so-tttt").receive(
        AGENCY,
        "2023-Q4",
        dti::record::FilingKind::Official,
        "2023-12-10T08:00:00+07:00",
        dti::record::ReceivedState::Merged,
    ));
    let workspace = view.workspace.as_mut().unwrap();
    let snapshot = std::sync::Arc::make_mut(&mut workspace.snapshot);
    snapshot.received[0].signature = Some(Standing::First);
    snapshot.received[0].signer = Some(signer(1));
    let mut shown = harness(Window::new(view).on(Screen::Inbox));
    assert!(!says(&shown, "Mã khóa"), "nothing is chosen");
    super::cell(&shown, "UBND thành phố Đông Hà", 0).click();
    shown.run();
    assert!(says(&shown, &key(1).code()));
    press(&mut shown, "Đã so mã, xác nhận khóa của UBND thành phố Đông Hà", 0);
    assert_eq!(shown.state().commands, [Command::ConfirmKey(signer(1))]);
}
