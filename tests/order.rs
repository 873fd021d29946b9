//! Lists by the alphabet on real files: people by given name, the file's order untouched.

use std::fs;

use crate::desk::{BEGINNING, Desk, workspace};

const ONE: &str = "2026-08-15-phien-mot";

/// The names in the order the screen shows them.
fn shown(desk: &mut Desk, names: [&'static str; 4]) -> Vec<&'static str> {
    let screen = desk.screen(100, 30);
    let mut found: Vec<(usize, &str)> =
        names.iter().map(|name| (screen.find(name).unwrap(), *name)).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, name)| name).collect()
}

const NAMES: [&str; 4] = ["Trần Văn Quang", "Lê Thị Ánh", "Y Ngọc Bya", "Lê Đình Quang"];

#[test]
fn the_roll_goes_by_given_name_and_back() {
    let (_folder, root) = workspace(&[ONE]);
    let path = root.join(format!("meetings/2026/{ONE}.toml"));
    let seat = |(n, name): (usize, &&str)| format!("\n[[seats]]\nid = \"nguoi-{n}\"\nname = \"{name}\"\n");
    let seats: String = NAMES.iter().enumerate().map(seat).collect();
    let text = fs::read_to_string(&path).unwrap() + &seats;
    fs::write(&path, &text).unwrap();
    let mut desk = Desk::open(&root, ONE);
    desk.keys("<f8>");
    assert_eq!(shown(&mut desk, NAMES), NAMES);
    desk.keys("<ctrl-u>");
    let by_name = ["Lê Thị Ánh", "Y Ngọc Bya", "Lê Đình Quang", "Trần Văn Quang"];
    assert_eq!(shown(&mut desk, NAMES), by_name);
    desk.keys("<ctrl-u>").rest();
    assert_eq!(shown(&mut desk, NAMES), NAMES);
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn members_go_by_given_name_or_by_their_sort_name() {
    let (_folder, root) = workspace(&[ONE]);
    let path = fs::read_dir(root.join("committees")).unwrap().next().unwrap().unwrap().path();
    let member = |(n, name): (usize, &&str)| {
        let sort = if name.starts_with('Y') { "sort_name = \"Ngọc\"\n" } else { "" };
        format!("\n[[members]]\nid = \"nguoi-{n}\"\nname = \"{name}\"\n{sort}")
    };
    let members: String = NAMES.iter().enumerate().map(member).collect();
    let text = fs::read_to_string(&path).unwrap() + &members;
    fs::write(&path, &text).unwrap();
    let mut desk = Desk::home(&root, ONE, "", BEGINNING);
    desk.keys("<ctrl-g>");
    assert_eq!(shown(&mut desk, NAMES), NAMES);
    desk.keys("<ctrl-u>");
    assert_eq!(shown(&mut desk, NAMES), ["Lê Thị Ánh", "Y Ngọc Bya", "Lê Đình Quang", "Trần Văn Quang"]);
    // Moving a row is about the file's order, which is shown again.
    desk.keys("<f7>");
    assert_eq!(shown(&mut desk, NAMES), ["Lê Thị Ánh", "Trần Văn Quang", "Y Ngọc Bya", "Lê Đình Quang"]);
}
