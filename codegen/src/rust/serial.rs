//! How a type is read and written: a table of its members or values, for a macro of the runtime.
//!
//! serde's derive would say the same, and take rustc four times as long; the proof is in `bench/`.

use std::fmt::Write as _;

use super::Context;
use super::plan::{Body, Item};
use super::text::push_literal;

/// So many members are read by one body: rustc takes quadratic time for a body's early exits.
const GROUP: usize = 32;

/// The table of one struct or enum.
pub(crate) fn write(out: &mut String, item: &Item<'_>, context: &Context<'_>) {
    let (runtime, name) = (context.runtime, &item.name);
    match &item.body {
        Body::Struct { fields, additional } => {
            let _ = writeln!(out, "{runtime}::__private::object! {{\n    {name} {{");
            for (index, field) in fields.iter().enumerate() {
                if index > 0 && index.is_multiple_of(GROUP) {
                    out.push_str("    } {\n");
                }
                let how = field.form.word();
                let _ = write!(out, "        {}: {how}(", field.name);
                push_literal(out, field.key);
                out.push_str("),\n");
            }
            if let Some((name, _)) = additional {
                let _ = writeln!(out, "        {name}: rest(),");
            }
        }
        Body::Enum(variants) => {
            let _ = writeln!(out, "{runtime}::__private::choice! {{\n    {name} {{");
            for (variant, value) in variants {
                let _ = write!(out, "        {variant}: ");
                push_literal(out, value);
                out.push_str(",\n");
            }
        }
    }
    out.push_str("    }\n}\n");
}
