//! Any bytes as a journal: never a bad end, and what stands before a torn end is found whatever follows.
#![no_main]

use libfuzzer_sys::fuzz_target;
use steerco::domain::meeting::Meeting;
use steerco::domain::edit;
use steerco::store::journal::unfiled;

fuzz_target!(|bytes: &[u8]| {
    for work in unfiled(bytes, |_| None) {
        let mut meeting = Meeting::default();
        edit::apply(&mut meeting, &work.edits);
    }
});
