//! A panic on purpose, so that tests can see what becomes of the text and the terminal then. Built with debug
//! assertions alone, and asleep unless `STEERCO_PANIC` says where: a program that is given to people has none.

use crate::app::key::{Code, Input, Key};

/// Where to panic, and whether the key for it was pressed.
#[derive(Debug)]
pub(super) struct Failpoint {
    place: Option<Place>,
    pressed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// While a key is taken in.
    Update,
    /// With half of a picture drawn.
    Draw,
}

/// No keyboard has it and no command may take it.
const KEY: Code = Code::F(24);

impl Failpoint {
    pub(super) fn of_environment() -> Failpoint {
        let place = match std::env::var("STEERCO_PANIC").as_deref() {
            Ok("update") => Some(Place::Update),
            Ok("draw") => Some(Place::Draw),
            _ => None,
        };
        Failpoint { place, pressed: false }
    }

    pub(super) fn taking_in(&mut self, input: &Input) {
        if self.place.is_some() && *input == Input::Key(Key::plain(KEY)) {
            self.pressed = true;
            self.go_off(Place::Update);
        }
    }

    pub(super) fn drawing(&self) {
        self.go_off(Place::Draw);
    }

    #[allow(clippy::panic, reason = "this is what it is for")]
    fn go_off(&self, here: Place) {
        if self.pressed && self.place == Some(here) {
            panic!("on purpose");
        }
    }
}
