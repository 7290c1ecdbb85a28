//! The time that a `#[derive(SettingsUpdate)]` with four fields adds to `cargo check`, in debug.
//!
//! Of both crates the fastest of many runs counts: whatever else the machine does only ever adds time, and the difference of
//! two medians is mostly that.

use std::fmt::Write as _;
use std::time::Duration;

use kratos_traits_codegen::{Options, generate};

use crate::measure::{Report, fastest};
use crate::rustc::Subject;
use crate::schemas;

const DERIVES: usize = 400;

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
    let [with, without] = fastest(
        21,
        [&mut || subject.check(&with), &mut || {
            subject.check(&without)
        }],
    );
    let each = |time: Duration| time.as_secs_f64() * 1e3 / DERIVES as f64;
    let added = each(with.saturating_sub(without));
    let detail = format!(
        "milliseconds; fastest of 21: {with:.0?} with {DERIVES} derives, {without:.0?} without"
    );
    report.at_most("derive with four fields, debug", added, 0.7, &detail);
}
