//! Word documents into PDF by the office program of this machine (LibreOffice). Knows no paper.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Why there is no PDF.
#[derive(Debug)]
pub enum NoPdf {
    /// No office program was found.
    NoOffice,
    /// It was there and did not do it, in its words.
    Failed(String),
}

/// The document as PDF.
pub fn pdf(document: &[u8]) -> Result<Vec<u8>, NoPdf> {
    let program = program().ok_or(NoPdf::NoOffice)?;
    let failed = |why: std::io::Error| NoPdf::Failed(why.to_string());
    let folder = tempfile::tempdir().map_err(failed)?;
    let (source, made) = (folder.path().join("document.docx"), folder.path().join("document.pdf"));
    std::fs::write(&source, document).map_err(failed)?;
    // A profile of its own: an office program that is open would take the call and lose it.
    let profile = format!("-env:UserInstallation={}", file_address(&folder.path().join("profile")));
    let run = Command::new(program)
        .args([&profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir"])
        .arg(folder.path())
        .arg(&source)
        .stdin(Stdio::null())
        .output()
        .map_err(failed)?;
    std::fs::read(&made).map_err(|_| NoPdf::Failed(String::from_utf8_lossy(&run.stderr).trim().to_owned()))
}

/// The first office program in the search path, else where its installers put it.
fn program() -> Option<PathBuf> {
    let names = if cfg!(windows) { ["soffice.com", "soffice.exe"] } else { ["soffice", "libreoffice"] };
    let path = std::env::var_os("PATH").unwrap_or_default();
    let in_path = std::env::split_paths(&path).flat_map(|folder| names.map(|name| folder.join(name)));
    let usual = [
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
        "C:\\Program Files\\LibreOffice\\program\\soffice.com",
        "C:\\Program Files (x86)\\LibreOffice\\program\\soffice.com",
    ];
    in_path.chain(usual.map(PathBuf::from)).find(|program| program.is_file())
}

fn file_address(path: &Path) -> String {
    let path = path.display().to_string().replace('\\', "/").replace(' ', "%20");
    if path.starts_with('/') { format!("file://{path}") } else { format!("file:///{path}") }
}
