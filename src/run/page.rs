//! The screen: what is drawn goes out in one piece, marked as one picture, so that no half of it is ever shown.
//! Knows no place; what is drawn is drawn elsewhere.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};

/// Marks around a picture for terminals that know them; others pass them over.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
/// Plain colours, empty screen.
const CLEAR: &[u8] = b"\x1b[0m\x1b[2J";

/// The terminal as something to draw on. Its size is told to it and never asked for.
#[derive(Debug)]
pub(super) struct Page {
    terminal: Terminal<CrosstermBackend<Bytes>>,
    bytes: Bytes,
    /// What went out last.
    sent: Vec<u8>,
}

/// Bytes on their way to the terminal, gathered until the picture is whole.
#[derive(Clone, Debug, Default)]
struct Bytes(Rc<RefCell<Vec<u8>>>);

impl Page {
    /// A page of so many cells across and down.
    ///
    /// # Errors
    /// None that is known; drawing goes into memory.
    pub(super) fn new(size: (u16, u16)) -> io::Result<Page> {
        let bytes = Bytes::default();
        Ok(Page { terminal: blank(&bytes, size)?, bytes, sent: Vec::new() })
    }

    /// The window has this size, and nothing is known of what it shows; the next picture is drawn whole.
    pub(super) fn begin_anew(&mut self, size: (u16, u16)) {
        // The library's own way to clear asks the terminal where its cursor is, and would wait for the answer.
        let Ok(terminal) = blank(&self.bytes, size) else { return };
        self.terminal = terminal;
        self.sent.clear();
        self.bytes.0.borrow_mut().extend_from_slice(CLEAR);
    }

    /// Draws a picture. A terminal that takes nothing is told by the keyboard's end, so that is no error here.
    pub(super) fn draw(&mut self, picture: impl FnOnce(&mut Frame<'_>)) {
        if self.terminal.draw(picture).is_err() {
            return;
        }
        let drawn = self.bytes.0.take();
        // A picture in which nothing changed still sets the cursor; that was done at the end of the last one.
        if drawn.is_empty() || self.sent.ends_with(&drawn) {
            return;
        }
        let mut out = io::stdout().lock();
        let _ = out.write_all(&[BEGIN, &drawn, END].concat()).and_then(|()| out.flush());
        self.sent = drawn;
    }
}

fn blank(bytes: &Bytes, size: (u16, u16)) -> io::Result<Terminal<CrosstermBackend<Bytes>>> {
    let options = TerminalOptions { viewport: Viewport::Fixed(area(size)) };
    Terminal::with_options(CrosstermBackend::new(bytes.clone()), options)
}

fn area((columns, rows): (u16, u16)) -> Rect {
    Rect::new(0, 0, columns, rows)
}

impl Write for Bytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
