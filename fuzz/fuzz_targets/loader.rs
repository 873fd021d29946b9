//! Any bytes as a meeting and as a committee: never a bad end, and readable exactly when another reader says so.
#![no_main]

use libfuzzer_sys::fuzz_target;
use steerco::domain::committee::Committee;
use steerco::domain::meeting::Meeting;
use steerco::store::meeting_file::read;

fuzz_target!(|bytes: &[u8]| {
    let meeting = read::<Meeting>(bytes);
    let committee = read::<Committee>(bytes);
    assert_eq!(meeting.is_ok(), committee.is_ok());
    let text = std::str::from_utf8(bytes).ok().map(|text| text.strip_prefix('\u{feff}').unwrap_or(text));
    let sound = text.is_some_and(|text| text.parse::<toml::Table>().is_ok());
    match meeting {
        // What nobody changed is written as it was.
        Ok(opened) => assert_eq!(opened.source.bytes(), bytes),
        Err(failure) => {
            assert!(!sound, "{failure:?}");
            assert!(failure.line >= 1 && failure.column >= 1);
        }
    }
});
