//! The time that a `#[derive(SettingsUpdate)]` with four fields adds to `cargo check`, in debug.
//!
//! Of both crates the least of many runs counts: whatever else the machine does only ever adds time, and the difference of
//! two medians is mostly that. Processor time is held against the promise where the system says it, because `cargo check` of one
//! crate keeps one processor busy and waiting for others is not its cost; the time on the clock stands beside it.

use std::fmt::Write as _;
use std::time::Duration;

use kratos_traits_codegen::{Options, generate};

use crate::measure::{Report, least};
use crate::rustc::Subject;
use crate::schemas;

/// So many that the hundredths of a second, in which the system counts, are lost in them.
const DERIVES: usize = 800;
const ROUNDS: usize = 21;

pub(crate) fn run(report: &mut Report) {
    let subject = Subject::new();
    let text = schemas::text("customer");
    let generated = generate("customer", "x.json", &text, &Options::new());
    let module = generated.expect("it is taken").rust;
    let structs = |derive: &str, path: &str| {
        let mut rust = format!("pub mod customer {{\n{module}\n}}\n");
        for index in 0..DERIVES {
            let _ = writeln!(
                rust,
                "{derive}\npub struct Updater{index} {{\n    pub email: String,\n    pub nickname: Option<Option<String>>,\n    pub newsletter: Option<bool>,\n    {path}\n    pub first: Option<String>,\n}}"
            );
        }
        rust
    };
    let derive = "#[derive(::kratos_traits::SettingsUpdate)]\n#[kratos(traits = customer::CustomerTraits, privileged)]";
    let with = subject.file("with", &structs(derive, "#[kratos(path = \"name.first\")]"));
    let without = subject.file("without", &structs("", ""));
    let [with, without] = least(
        ROUNDS,
        [&mut || subject.check(&with), &mut || {
            subject.check(&without)
        }],
    );
    let added = |with: Duration, without: Duration| {
        with.saturating_sub(without).as_secs_f64() * 1e3 / DERIVES as f64
    };
    let clock = added(with.wall, without.wall);
    let processor = with.processor.zip(without.processor);
    let (value, of) = match processor {
        Some((with, without)) => (added(with, without), "of the processor"),
        None => (clock, "on the clock"),
    };
    let detail = format!(
        "milliseconds {of}, {clock:.2} on the clock; least of {ROUNDS} runs with {DERIVES} derives, {:.0?}, less those without, {:.0?}",
        with.wall, without.wall
    );
    report.at_most("derive with four fields, debug", value, 0.7, &detail);
}
