//! Where the traits are declared, for what the compiler says of a value that does not fit.

use std::fmt::Write as _;

use super::Context;
use super::plan::Plan;
use super::text::push_literal;
use crate::hidden::visible;

/// The note, and the structs that it is for.
pub(crate) fn write(out: &mut String, plan: &Plan<'_>, context: &Context<'_>) {
    let runtime = context.runtime;
    // The compiler fills in what stands in braces.
    let source = visible(context.source)
        .replace('{', "{{")
        .replace('}', "}}");
    let note = format!("the trait is declared at {source}:{{LINE}}:{{COLUMN}}");
    // Writing to a String cannot fail.
    let _ = write!(out, "{runtime}::__private::declared! {{\n    ");
    push_literal(out, &note);
    out.push(':');
    for table in &plan.tables {
        let _ = write!(out, "\n    {}", table.ty);
    }
    out.push_str("\n}\n");
}
