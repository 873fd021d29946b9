//! The program's door: hands the words of the command line over and leaves with the code that comes back.

use std::process::ExitCode;

fn main() -> ExitCode {
    steerco::cli::run(std::env::args_os())
}
