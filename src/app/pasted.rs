//! What is not taken from a clipboard: letters of codes used before Unicode, which would be kept as they look. Knows no
//! place.

use crate::app::App;
use crate::app::popup::Tone;
use crate::text::legacy;

impl App {
    /// Whether pasted text is refused, which is then told; what was typed stays as it is.
    pub fn refuses(&mut self, pasted: &str) -> bool {
        let Some(code) = legacy::of_text(pasted) else { return false };
        self.say_filled("news.old_code", &[("code", code.name())], Tone::Alarm);
        true
    }
}
