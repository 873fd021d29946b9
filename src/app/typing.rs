//! Typing in any text field: editing keys, the program's own input method and abbreviations, and where they rest.
//! Knows of places and records only whose abbreviations are in force.

use std::time::Duration;

use crate::app::command::{Command, Context};
use crate::app::effect::Effect;
use crate::app::form::Writing;
use crate::app::popup::{Popup, Tone};
use crate::app::{App, Place};
use crate::config::{Expansion, Input};
use crate::domain::committee::Abbreviation as Row;
use crate::domain::kinds::ToneStyle as CommitteeStyle;
use crate::text::abbreviations::{Abbreviation, Abbreviations, Action, Capitals};
use crate::text::composer::{Composer, Method, Raw};
use crate::text::field::{Extend, Motion, TextField};
use crate::text::syllable::ToneStyle;

/// How Vietnamese is typed now.
#[derive(Debug)]
pub struct Typing {
    pub composer: Composer,
    /// What the toggle key turns on.
    pub last_used: Method,
    pub expansion: Expansion,
    given: Input,
    /// What the committee in front adds: its rows and its tone style.
    committee: (Vec<Row>, Option<CommitteeStyle>),
    /// Since when it is known that two input methods are at work.
    warned: Option<Duration>,
}

/// What the header says of typing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypingState {
    /// Keys come as the system sends them.
    System,
    On(Method),
    /// On, but not in this field.
    Resting(Method),
}

impl Typing {
    pub fn new(input: &Input) -> Typing {
        let mut composer = Composer::new(input.method, input.tone_style.unwrap_or_default());
        composer.kept = input.kept.iter().chain(&input.kept_here).cloned().collect();
        let last_used = if input.method == Method::Off { Method::Telex } else { input.method };
        let given = input.clone();
        let mut typing = Typing {
            composer,
            last_used,
            expansion: input.abbreviations,
            given,
            committee: Default::default(),
            warned: None,
        };
        typing.lay_tables();
        typing
    }

    /// The starter table, the committee's over it, the person's own over both; nothing while expansion is off.
    fn lay_tables(&mut self) {
        let mut table = Abbreviations::default();
        if self.expansion == Expansion::On {
            table.overlay(self.given.starter.iter().cloned());
            table.overlay(self.committee.0.iter().map(entry));
            table.overlay(self.given.own.iter().cloned());
        }
        self.composer.abbreviations = table;
        let style = self.committee.1.map(|style| match style {
            CommitteeStyle::Old => ToneStyle::Old,
            CommitteeStyle::New => ToneStyle::New,
        });
        self.composer.style = self.given.tone_style.or(style).unwrap_or_default();
    }
}

/// A row of a committee file as an entry.
fn entry(row: &Row) -> Abbreviation {
    let action = if row.action == "gloss" { Action::Gloss } else { Action::Expand };
    let (key, text) = (row.key.clone(), row.text.clone());
    Abbreviation { key, text, action, capitals: Capitals::Stay }
}

impl App {
    /// What the header says of typing.
    pub fn typing_state(&self) -> TypingState {
        match self.typing.composer.method {
            Method::Off => TypingState::System,
            method if self.writes_prose() => TypingState::On(method),
            method => TypingState::Resting(method),
        }
    }

    /// Whether the field in front takes words, so that keys may be composed there.
    pub(super) fn writes_prose(&self) -> bool {
        match self.popups.last() {
            Some(Popup::Form { form, .. }) => form.writing() == Writing::Prose,
            Some(Popup::Picker { .. } | Popup::Split(_)) => false,
            Some(Popup::Page(_)) | None => self.place == Place::Meeting,
        }
    }

    /// Types one character into the field in front.
    pub(super) fn type_into_field(&mut self, text: &str) {
        let prose = self.writes_prose();
        if prose {
            self.meet_committee();
        }
        let mut composer = std::mem::take(&mut self.typing.composer);
        if let Some(field) = self.focused_field() {
            for c in text.chars() {
                match prose {
                    true => composer.type_char(field, c),
                    false => field.insert(c.encode_utf8(&mut [0; 4])),
                }
            }
        }
        self.typing.composer = composer;
        if prose {
            self.notice_second_method(text);
        }
    }

    /// Backspace; `None` where the field is none of words, so that it is an editing key like others.
    pub(super) fn backspace_in_prose(&mut self) -> Option<bool> {
        if !self.writes_prose() {
            return None;
        }
        let mut composer = std::mem::take(&mut self.typing.composer);
        let went = self.focused_field().map(|field| composer.backspace(field));
        self.typing.composer = composer;
        went
    }

    /// A command that is none of editing ends the word, as a space would, and brings the text into composed form.
    pub(super) fn end_word_before(&mut self, command: Command) {
        use Command::*;
        let goes_on = matches!(
            command,
            Undo | Redo
                | Help
                | Palette
                | Search
                | Save
                | Back
                | ToggleTyping
                | UseTelex
                | UseVni
                | ToggleExpansion
        );
        if goes_on || command.context() == Context::Text || !self.writes_prose() {
            return;
        }
        let mut composer = std::mem::take(&mut self.typing.composer);
        if let Some(field) = self.focused_field() {
            composer.finish(field);
            // Letters that came decomposed are whole from here on: no backspace of an input method counts them any more.
            field.normalise();
        }
        self.typing.composer = composer;
    }

    /// The last word as its keys were pressed, or composed again.
    /// What was remembered is kept for the next time too.
    pub(super) fn raw_word(&mut self) -> Vec<Effect> {
        if !self.writes_prose() {
            return Vec::new();
        }
        let mut composer = std::mem::take(&mut self.typing.composer);
        let raw = self.focused_field().map_or(Raw::Nothing, |field| composer.raw(field));
        self.typing.composer = composer;
        match raw {
            Raw::Kept(word) => self.say_filled("news.raw_kept", &[("word", &word)], Tone::Plain),
            Raw::Composed(word) => self.say_filled("news.raw_composed", &[("word", &word)], Tone::Plain),
            Raw::Nothing => {
                self.say("news.raw_nothing", Tone::Quiet);
                return Vec::new();
            }
        }
        let shipped = &self.typing.given.kept;
        let own = self.typing.composer.kept.iter().filter(|word| !shipped.contains(word));
        vec![Effect::KeepWords(own.cloned().collect())]
    }

    /// Off, or on with the method used last. Two states, as people know it from the system's input methods; the other
    /// method has a word of its own.
    pub(super) fn toggle_typing(&mut self) -> Vec<Effect> {
        let method = match self.typing.composer.method {
            Method::Off => self.typing.last_used,
            _ => Method::Off,
        };
        self.use_method(method)
    }

    pub(super) fn use_method(&mut self, method: Method) -> Vec<Effect> {
        self.typing.composer.leave();
        self.typing.composer.method = method;
        self.typing.warned = None;
        let key = match method {
            Method::Off => "news.typing_off",
            Method::Telex => "news.typing_telex",
            Method::Vni => "news.typing_vni",
        };
        if method != Method::Off {
            self.typing.last_used = method;
        }
        let raw = self.desk.keymap.label(Command::RawWord).unwrap_or_default();
        self.say_filled(key, &[("raw", &raw)], Tone::Plain);
        Vec::new()
    }

    pub(super) fn toggle_expansion(&mut self) -> Vec<Effect> {
        let (next, key) = match self.typing.expansion {
            Expansion::On => (Expansion::Off, "news.expansion_off"),
            Expansion::Off => (Expansion::On, "news.expansion_on"),
        };
        self.typing.expansion = next;
        self.typing.lay_tables();
        self.tell(key, Tone::Plain)
    }

    /// Takes the abbreviations and the tone style of the committee in front.
    fn meet_committee(&mut self) {
        let committee = match self.place {
            Place::Committee => self.current_committee(),
            _ => self.current_meeting().and_then(|meeting| self.committee_of(meeting)),
        };
        let Some(committee) = committee else { return };
        let (rows, style) = &self.typing.committee;
        if *rows == committee.abbreviations && *style == committee.head.tone_style {
            return;
        }
        self.typing.committee = (committee.abbreviations.clone(), committee.head.tone_style);
        self.typing.lay_tables();
    }

    /// A marked letter that no key of ours made comes from another input method: with both at work letters may be
    /// changed twice. Said once, where it takes no focus, and through the next keys, which come too fast to read between.
    fn notice_second_method(&mut self, text: &str) {
        let marked = |c: char| !c.is_ascii() && (c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}'));
        const READING: Duration = Duration::from_secs(8);
        let now = self.desk.now.since_start;
        if self.typing.composer.method == Method::Off {
            return;
        }
        if self.typing.warned.is_none() && text.chars().any(marked) {
            self.typing.warned = Some(now);
        }
        if self.typing.warned.is_some_and(|since| now.saturating_sub(since) < READING) {
            let key = self.desk.keymap.label(Command::ToggleTyping).unwrap_or_default();
            self.say_filled("news.two_input_methods", &[("key", &key)], Tone::Warning);
        }
    }
}

/// Does an editing command to a field. `None` when the command is none of editing; otherwise whether anything moved
/// or changed.
pub fn edit(field: &mut TextField, command: Command) -> Option<bool> {
    let moved = |field: &mut TextField, motion, extend| Some(field.move_caret(motion, extend));
    match command {
        Command::CaretLeft => moved(field, Motion::Left, Extend::No),
        Command::CaretRight => moved(field, Motion::Right, Extend::No),
        Command::WordLeft => moved(field, Motion::WordLeft, Extend::No),
        Command::WordRight => moved(field, Motion::WordRight, Extend::No),
        Command::LineStart => moved(field, Motion::Start, Extend::No),
        Command::LineEnd => moved(field, Motion::End, Extend::No),
        Command::SelectLeft => moved(field, Motion::Left, Extend::Yes),
        Command::SelectRight => moved(field, Motion::Right, Extend::Yes),
        Command::SelectWordLeft => moved(field, Motion::WordLeft, Extend::Yes),
        Command::SelectWordRight => moved(field, Motion::WordRight, Extend::Yes),
        Command::SelectToStart => moved(field, Motion::Start, Extend::Yes),
        Command::SelectToEnd => moved(field, Motion::End, Extend::Yes),
        Command::SelectAll => {
            field.select_all();
            Some(true)
        }
        Command::DeleteLeft => Some(field.backspace()),
        Command::DeleteRight => Some(field.delete()),
        Command::DeleteWordLeft => Some(field.delete_word_left()),
        Command::DeleteWordRight => Some(field.delete_word_right()),
        _ => None,
    }
}
