//! What `#[derive(SettingsUpdate)]` with four fields costs rustc, beside what `#[derive(serde::Deserialize)]` costs on the
//! same struct.
//!
//! Three crates hold the same structs: with our derive, with serde's, and with neither. The cost of a derive is the
//! difference to the third crate. Serde's derive gets no attributes, which would only make it more expensive.

use std::fmt::Write as _;
use std::path::PathBuf;

use crate::library::ours;
use crate::measure::{Report, each, least, unit};
use crate::rustc::Subject;
use crate::{process, schemas};

/// Enough that the resolution of processor time, a hundredth of a second, does not matter.
const STRUCTS: usize = 400;
const ROUNDS: usize = 11;

/// Fewer are enough for instructions, which hardly vary from run to run; and valgrind is slow.
const COUNTED: usize = 25;

/// The attributes of the struct, and those of the field whose name differs from the trait's path.
const OURS: [&str; 2] = [
    "#[derive(::kratos_traits::SettingsUpdate)]\n#[kratos(traits = customer::CustomerTraits, privileged)]",
    "#[kratos(path = \"name.first\")]",
];
const SERDE: [&str; 2] = ["#[derive(::serde::Deserialize)]", ""];
const NEITHER: [&str; 2] = ["", ""];

pub(crate) fn run(report: &mut Report) {
    let subject = Subject::new();
    let [ours, serde, neither] = files(&subject, STRUCTS);
    let [ours, serde, neither] = least(
        ROUNDS,
        [
            &mut || subject.check(&ours),
            &mut || subject.check(&serde),
            &mut || subject.check(&neither),
        ],
    );
    let [ours, serde] = [ours, serde].map(|time| each(time, neither, STRUCTS));
    report.at_most(
        "derive with four fields beside serde's Deserialize",
        ours / serde,
        0.25,
        &format!("{ours:.2} ms and {serde:.2} ms {}", unit()),
    );
}

/// The same in instructions of rustc, which depend little on the machine and on other programs.
pub(crate) fn instructions(report: &mut Report) {
    let what = "instructions of a derive beside serde's";
    if process::find("valgrind").is_none() {
        report.skip(what, "valgrind is not on the PATH");
        return;
    }
    let subject = Subject::new();
    let counts = files(&subject, COUNTED).map(|file| subject.instructions(&file));
    let [ours, serde, neither] = counts.map(|count| count as f64 / 1e6 / COUNTED as f64);
    let (ours, serde) = (ours - neither, serde - neither);
    let detail = format!("{ours:.1} and {serde:.1} million");
    report.show(what, ours / serde, &detail);
}

/// The three crates: with our derive, with serde's, with neither.
fn files(subject: &Subject, count: usize) -> [PathBuf; 3] {
    let module = ours("customer", &schemas::text("customer"));
    [("ours", OURS), ("serde", SERDE), ("neither", NEITHER)].map(|(name, attributes)| {
        let rust = structs(&module, attributes, count);
        subject.file(&format!("derives_{name}"), &rust)
    })
}

/// The module of the schema, and `count` structs that select four traits of it.
fn structs(module: &str, [of_struct, of_field]: [&str; 2], count: usize) -> String {
    let mut rust = format!("pub mod customer {{\n{module}\n}}\n");
    for index in 0..count {
        let _ = writeln!(
            rust,
            "{of_struct}\npub struct Updater{index} {{\n    pub email: String,\n    pub nickname: Option<Option<String>>,\n    pub newsletter: Option<bool>,\n    {of_field}\n    pub first: Option<String>,\n}}"
        );
    }
    rust
}
