//! The generator as a library, with formatting, beside typify's.

use std::hint::black_box;

use kratos_traits_codegen::{Options, generate};

use crate::measure::{Report, medians, ratio};
use crate::{schemas, typify};

pub(crate) fn run(report: &mut Report) {
    let texts = schemas::EXAMPLES.map(|name| (name, schemas::text(name)));
    let wide = ("100 properties", schemas::wide(100));
    for (name, text) in texts.into_iter().chain([wide]) {
        let [ours, theirs] = medians(
            51,
            [&mut || drop(black_box(ours("wide", &text))), &mut || {
                drop(black_box(typify::generate(&text)))
            }],
        );
        let detail = format!("{ours:.0?} and {theirs:.0?}");
        let what = format!("library beside typify's, {name}");
        report.at_least(&what, ratio(theirs, ours), 4.0, &detail);
    }
}

/// Schema text to formatted Rust.
pub(crate) fn ours(name: &str, schema: &str) -> String {
    let source = format!("{name}.schema.json");
    let generated = generate(name, &source, schema, &Options::new());
    generated.expect("a schema that the generator accepts").rust
}
