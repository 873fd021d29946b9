//! How wide a bold line of Times New Roman is, to draw a rule as long as its text. The widths are those of the font's
//! metrics (the same as Times Bold), in thousandths of its size; a letter with marks is as wide as its bare letter.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The width of a bold line in twips; `size` in half-points.
pub fn bold_width(text: &str, size: u32) -> u32 {
    let thousandths: u32 = text.nfd().filter(|c| !is_combining_mark(*c)).map(thousandths).sum();
    // Half-points times ten are twips.
    thousandths * size / 100
}

fn thousandths(letter: char) -> u32 {
    match letter {
        ' ' | '\u{a0}' | '.' | ',' => 250,
        'i' | 'l' => 278,
        ';' | ':' | 'f' | 'j' | 't' | '-' | '(' | ')' | '\'' => 333,
        'I' | 's' => 389,
        'c' | 'e' | 'r' | 'z' => 444,
        'S' | 'b' | 'd' | 'h' | 'k' | 'n' | 'p' | 'q' | 'u' | 'đ' => 556,
        'F' | 'P' => 611,
        'B' | 'E' | 'L' | 'T' | 'Z' => 667,
        'A' | 'C' | 'D' | 'N' | 'R' | 'U' | 'V' | 'X' | 'Y' | 'w' | 'Đ' => 722,
        'G' | 'H' | 'K' | 'O' | 'Q' => 778,
        'm' | '&' => 833,
        'M' => 944,
        'W' | '—' | '…' => 1000,
        _ => 500,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mottos_are_as_wide_as_they_were_measured() {
        // Millimetres measured on rendered pages with fonts of the same metrics.
        for (text, size, millimetres) in [
            ("Độc lập - Tự do - Hạnh phúc", 26, 55.9),
            ("Độc lập - Tự do - Hạnh phúc", 28, 60.2),
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 24, 88.3),
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 26, 95.7),
            ("ĐẢNG CỘNG SẢN VIỆT NAM", 30, 72.9),
            ("BAN CHỈ ĐẠO THỰC HIỆN QUY CHẾ", 26, 80.5),
        ] {
            let width = f64::from(bold_width(text, size)) / 1440.0 * 25.4;
            assert!((width - millimetres).abs() < 0.6, "{text} {size}: {width}");
        }
    }
}
