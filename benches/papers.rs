//! Three hundred papers in one run, as `steerco export --all` makes them. Run with `cargo bench --bench papers`: prints the
//! time a paper takes in each format, its ratio to plain text in the same run, and the peak memory where the system
//! tells it.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench fails by panicking and prints")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use steerco::domain::committee::Committee;
use steerco::domain::kinds::Language;
use steerco::domain::meeting::Meeting;
use steerco::domain::workdays::Holidays;
use steerco::export::{self, Audience, Format, Material, Order, PaperKind};
use steerco::store::meeting_file::read;
use steerco::words::Words;

const PAPERS: usize = 300;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let bytes = |path: PathBuf| fs::read(path).unwrap();
    let meetings: Vec<Meeting> =
        files(&root.join("meetings")).into_iter().map(|path| read(&bytes(path)).unwrap().record).collect();
    let committees: Vec<Committee> =
        files(&root.join("committees")).into_iter().map(|path| read(&bytes(path)).unwrap().record).collect();
    let known: Vec<&Meeting> = meetings.iter().collect();
    let words = Language::ALL.iter().map(|language| Words::of(*language)).collect::<Vec<_>>();
    let holidays = Holidays::default();
    let kinds = [
        PaperKind::Minutes,
        PaperKind::Notice,
        PaperKind::Progress,
        PaperKind::Opening,
        PaperKind::Attendance,
    ];
    let mut text = 0.0;
    for format in [Format::Text, Format::Markdown, Format::Html, Format::Docx] {
        let start = Instant::now();
        let mut size = 0;
        for n in 0..PAPERS {
            let meeting = &meetings[n % meetings.len()];
            let committee = committees.iter().find(|committee| committee.head.id == meeting.head.committee);
            let language = meeting.head.language.unwrap_or(Language::Vi);
            let words = words.iter().find(|words| words.language == language).unwrap();
            let order = Order {
                kind: kinds[n / meetings.len() % kinds.len()],
                audience: Audience::Members,
                unit: "",
                today: "2026-11-21".parse().unwrap(),
                holidays: &holidays,
                words,
            };
            let paper = export::paper(order, Material { meeting, committee, meetings: &known });
            size += export::render(&paper, format, words).unwrap().len();
        }
        let each = start.elapsed().as_secs_f64() * 1000.0 / PAPERS as f64;
        if format == Format::Text {
            text = each;
        }
        println!(
            "{:>5}: {each:6.2} ms a paper, {:4.1} times plain text, {size} bytes",
            format.word(),
            each / text
        );
    }
    if let Some(peak) = peak() {
        println!("peak memory: {peak} kB");
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// The most memory this process ever had, as Linux tells it.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?
        .trim()
        .trim_end_matches("kB")
        .trim()
        .parse()
        .ok()
}
