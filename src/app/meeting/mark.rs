//! What the first characters of a typed line mean. Pure; knows no meeting.

/// A line read for its mark, with the text after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark<'a> {
    /// No mark: the line is text as it stands, without leading or trailing blanks.
    Text(&'a str),
    /// `@…`
    Speaker(&'a str),
    /// `@@` and what follows it.
    PreviousSpeaker(&'a str),
    /// `#…`
    Item(&'a str),
    /// `!…`
    Task(&'a str),
    /// `=…`
    Conclusion(&'a str),
    /// `/…`
    Command(&'a str),
}

/// Reads a line. A leading blank, a doubled mark (but `@@`) or an impossible continuation (`=>`) is literal text.
pub fn read(line: &str) -> Mark<'_> {
    let text = line.trim();
    let mut chars = line.chars();
    let (Some(mark), next) = (chars.next(), chars.next()) else { return Mark::Text(text) };
    let rest = line.get(mark.len_utf8()..).unwrap_or("");
    match mark {
        '@' if next == Some('@') => Mark::PreviousSpeaker(rest.get(1..).unwrap_or("").trim()),
        '@' if continues_with_word(next) => Mark::Speaker(rest.trim()),
        '#' if continues_with_word(next) => Mark::Item(rest.trim()),
        '!' if continues_text(next, '!') => Mark::Task(rest.trim()),
        '=' if continues_text(next, '=') => Mark::Conclusion(rest.trim()),
        '/' if next.is_none_or(char::is_alphabetic) => Mark::Command(rest.trim()),
        _ => Mark::Text(text),
    }
}

fn continues_with_word(next: Option<char>) -> bool {
    next.is_none_or(char::is_alphanumeric)
}

/// After `!` and `=` comes the text itself; signs of sums and comparisons show that no mark was meant.
fn continues_text(next: Option<char>, mark: char) -> bool {
    next.is_none_or(|c| c != mark && !matches!(c, '=' | '>' | '<' | '?' | '!' | '.' | ',' | ';' | ')'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_at_the_start_only() {
        let cases = [
            ("@hoa", Mark::Speaker("hoa")),
            ("@1", Mark::Speaker("1")),
            ("@@", Mark::PreviousSpeaker("")),
            ("@@ tiếp", Mark::PreviousSpeaker("tiếp")),
            ("#2", Mark::Item("2")),
            ("#", Mark::Item("")),
            ("!Giao Sở", Mark::Task("Giao Sở")),
            ("! Giao", Mark::Task("Giao")),
            ("!", Mark::Task("")),
            ("=Thống nhất", Mark::Conclusion("Thống nhất")),
            ("/kl 2", Mark::Command("kl 2")),
            ("Đồng ý", Mark::Text("Đồng ý")),
            ("gửi a@b.vn", Mark::Text("gửi a@b.vn")),
        ];
        for (line, mark) in cases {
            assert_eq!(read(line), mark, "{line}");
        }
    }

    #[test]
    fn escapes_are_literal_text() {
        for line in ["=> tăng", "==", "!!", "!= 3", "##", "//", "/5", "# mục", "@ hai", "#-"] {
            assert_eq!(read(line), Mark::Text(line), "{line}");
        }
        assert_eq!(read(" /kl 2"), Mark::Text("/kl 2"));
        assert_eq!(read(" @hoa nói"), Mark::Text("@hoa nói"));
    }
}
