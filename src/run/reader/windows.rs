//! Events of a Windows console as inputs. Knows no command.

use std::ops::ControlFlow;
use std::time::Duration;

use crossterm::event::{
    self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use super::Heard;
use crate::app::key::{Code, Focus, Held, Input, Key, Mouse, MouseKind};

/// So many events are told together at most, so that a long paste shows while it comes.
const LARGEST_BATCH: usize = 4096;

/// Tells what comes from the console until it is gone.
pub(super) fn follow(mut tell: impl FnMut(Heard) -> ControlFlow<()>) -> ControlFlow<()> {
    while let Ok(first) = event::read() {
        let mut inputs: Vec<Input> = meaning(first).into_iter().collect();
        while inputs.len() < LARGEST_BATCH && event::poll(Duration::ZERO).unwrap_or(false) {
            let Ok(next) = event::read() else { break };
            inputs.extend(meaning(next));
        }
        if !inputs.is_empty() {
            tell(Heard::Inputs(inputs))?;
        }
    }
    tell(Heard::Hangup)
}

fn meaning(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) => pressed(key).map(Input::Key),
        Event::Mouse(event) => mouse(event).map(Input::Mouse),
        Event::Resize(columns, rows) => Some(Input::Resize { columns, rows }),
        Event::FocusGained => Some(Input::Focus(Focus::Gained)),
        Event::FocusLost => Some(Input::Focus(Focus::Lost)),
        Event::Paste(text) => Some(Input::Paste(text)),
    }
}

/// The console tells each key twice, going down and up.
fn pressed(key: KeyEvent) -> Option<Key> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    let held = Held {
        ctrl: key.modifiers.contains(KeyModifiers::CONTROL),
        alt: key.modifiers.contains(KeyModifiers::ALT),
        shift: key.modifiers.contains(KeyModifiers::SHIFT),
    };
    match key.code {
        KeyCode::Char(c) => character(c, held),
        code => Some(Key::new(named(code)?, held)),
    }
}

/// AltGr is told as Ctrl with Alt; with it a sign or a foreign letter is typed, not commanded. The letters
/// that stand for Backspace, Tab and Enter on other terminals do so here, for input methods that send them.
fn character(c: char, held: Held) -> Option<Key> {
    match (c.to_ascii_lowercase(), held) {
        (_, Held { ctrl: true, alt: true, .. }) if !c.is_ascii_alphabetic() => Some(Key::char(c)),
        ('h', Held { ctrl: true, alt: false, .. }) => Some(Key::plain(Code::Backspace)),
        ('i', Held { ctrl: true, alt: false, .. }) => Some(Key::plain(Code::Tab)),
        ('j' | 'm', Held { ctrl: true, alt: false, .. }) => Some(Key::plain(Code::Enter)),
        _ if c.is_control() => None,
        // The console has applied Shift and the lock key to the character already.
        (_, Held { ctrl: false, .. }) => Some(Key::new(Code::Char(c), Held { shift: false, ..held })),
        _ => Some(Key::new(Code::Char(c), held)),
    }
}

fn named(code: KeyCode) -> Option<Code> {
    let code = match code {
        KeyCode::Enter => Code::Enter,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Insert => Code::Insert,
        KeyCode::Esc => Code::Esc,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(n) => Code::F(n),
        _ => return None,
    };
    Some(code)
}

fn mouse(event: MouseEvent) -> Option<Mouse> {
    let kind = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => MouseKind::Down,
        MouseEventKind::Up(MouseButton::Left) => MouseKind::Up,
        MouseEventKind::Drag(MouseButton::Left) => MouseKind::Drag,
        MouseEventKind::ScrollUp => MouseKind::ScrollUp,
        MouseEventKind::ScrollDown => MouseKind::ScrollDown,
        _ => return None,
    };
    Some(Mouse { kind, column: event.column, row: event.row })
}
