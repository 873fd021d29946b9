//! The mouse is a help: it does what keys do, and it is the terminal's where somebody types.

use steerco::app::Place;
use steerco::app::home::HomeChoice;
use steerco::app::key::MouseKind;
use steerco::app::popup::Popup;

use crate::desk::{Desk, workspace};

const MEETING: &str = "2026-08-15-hop";
const OTHER: &str = "2026-08-14-hop";

#[test]
fn the_typing_line_leaves_the_mouse_to_the_terminal() {
    let (_folder, root) = workspace(&[MEETING]);
    let mut desk = Desk::open(&root, MEETING);
    assert!(!desk.has_mouse());
    for (keys, held) in [
        ("<f2>", true),
        ("<esc>", false),
        ("/kl<enter>", true),
        ("<esc>", false),
        ("!Giao việc<enter>", false),
        ("<esc>", false),
        ("<f10>", true),
        ("<esc>", false),
        ("<f8>", true),
        ("<esc>", false),
        ("<f12>", true),
        ("<enter>", false),
    ] {
        desk.keys(keys);
        assert_eq!(desk.has_mouse(), held, "{keys}");
    }
}

#[test]
fn a_row_of_a_place_is_chosen_then_opened() {
    let (_folder, root) = workspace(&[MEETING, OTHER]);
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("<f12>").click(OTHER);
    assert_eq!(desk.app().place, Place::Home);
    assert_eq!(desk.app().home.selected, HomeChoice::Meeting(OTHER.to_owned()));
    desk.click(OTHER);
    assert_eq!((desk.app().place, desk.app().meeting.id.as_str()), (Place::Meeting, OTHER));
}

#[test]
fn a_row_of_a_list_in_front_is_taken_and_what_lies_below_is_not() {
    let (_folder, root) = workspace(&[MEETING, OTHER]);
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("<f12><ctrl-k>bang");
    let below = desk.app().home.selected.clone();
    desk.point(5, 2, MouseKind::Down);
    assert_eq!((&desk.app().home.selected, desk.app().popups.len()), (&below, 1));
    desk.click("F10");
    assert_eq!(desk.app().place, Place::Board);
}

#[test]
fn keys_of_the_footer_can_be_clicked_and_the_wheel_turns_a_list() {
    let (_folder, root) = workspace(&[MEETING]);
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("<f12>").click("F1 giúp");
    let selected = |desk: &Desk| match desk.app().popups.last() {
        Some(Popup::Picker { picker, .. }) => picker.selected,
        other => panic!("{other:?}"),
    };
    assert_eq!(selected(&desk), 0);
    desk.point(3, 20, MouseKind::ScrollDown).point(3, 20, MouseKind::ScrollDown).point(
        3,
        20,
        MouseKind::ScrollUp,
    );
    assert_eq!(selected(&desk), 3);
    desk.click("Esc");
    assert!(desk.app().popups.is_empty());
}

#[test]
fn the_wheel_over_a_meeting_or_a_form_does_nothing() {
    let (_folder, root) = workspace(&[MEETING]);
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("một<enter>hai").point(3, 5, MouseKind::ScrollUp);
    assert!(desk.app().meeting.selection.is_none());
    desk.keys("<ctrl-k>bq<enter>");
    let field = |desk: &Desk| match desk.app().popups.last() {
        Some(Popup::Form { form, .. }) => form.focus,
        other => panic!("{other:?}"),
    };
    let before = field(&desk);
    desk.point(3, 5, MouseKind::ScrollDown);
    assert_eq!(field(&desk), before);
}
