//! Line breaks where rustfmt puts them.

use std::fmt::Write as _;

use super::types::Ty;
use crate::settings::Options;

/// rustfmt's `max_width`, `attr_fn_like_width`, `array_width` and `short_array_element_width_threshold`.
const MAX: usize = 100;
const ATTRIBUTE: usize = 70;
const ARRAY: usize = 60;
const SHORT: usize = 10;

pub(crate) fn push_indent(out: &mut String, columns: usize) {
    for _ in 0..columns {
        out.push(' ');
    }
}

/// `#[name(argument, …)]`, on lines of their own.
pub(crate) fn attribute(out: &mut String, indent: usize, name: &str, arguments: &[String]) {
    push_indent(out, indent);
    out.push_str("#[");
    out.push_str(name);
    out.push('(');
    let width: usize = arguments.iter().map(|one| width(one) + 2).sum::<usize>() - 2;
    let line = indent + 2 + name.len() + 1 + width + 2;
    if width <= ATTRIBUTE || arguments.len() == 1 && line <= MAX {
        out.push_str(&arguments.join(", "));
    } else {
        for (index, argument) in arguments.iter().enumerate() {
            out.push('\n');
            push_indent(out, indent + 4);
            out.push_str(argument);
            // rustfmt ends a list of derives with a comma, and no other attribute.
            if name == "derive" || index + 1 < arguments.len() {
                out.push(',');
            }
        }
        out.push('\n');
        push_indent(out, indent);
    }
    out.push_str(")]\n");
}

/// `&[item, …]` in a line that is indented by `indent`.
pub(crate) fn array(out: &mut String, indent: usize, items: &[String]) {
    out.push_str("&[");
    let sum: usize = items.iter().map(|item| width(item) + 2).sum();
    if sum.saturating_sub(2) <= ARRAY {
        out.push_str(&items.join(", "));
        out.push(']');
        return;
    }
    if let [only] = items
        && single(out, indent, only)
    {
        return;
    }
    let all_short = items.iter().all(|item| width(item) <= SHORT);
    let mut column = MAX;
    for item in items {
        let next = column + 1 + width(item) + 1;
        if all_short && next <= MAX {
            out.push(' ');
            column = next;
        } else {
            out.push('\n');
            push_indent(out, indent + 4);
            column = indent + 4 + width(item) + 1;
        }
        out.push_str(item);
        out.push(',');
    }
    out.push('\n');
    push_indent(out, indent);
    out.push(']');
}

/// A single item stays beside its bracket where it can: a call breaks inside, and a literal may pass the width of arrays.
fn single(out: &mut String, indent: usize, item: &str) -> bool {
    let call = item.strip_suffix(')').and_then(|call| call.split_once('('));
    if let Some((head, argument)) = call {
        out.push_str(head);
        out.push_str("(\n");
        push_indent(out, indent + 4);
        out.push_str(argument);
        out.push_str(",\n");
        push_indent(out, indent);
        out.push_str(")]");
        return true;
    }
    let fits = indent + "path: &[],".len() + width(item) <= MAX;
    if fits {
        out.push_str(item);
        out.push(']');
    }
    fits
}

/// `head ty end`, as in `pub name: Type,`, where `head` is on the line already and began at `indent`.
pub(crate) fn typed(
    out: &mut String,
    indent: usize,
    head: &str,
    ty: &Ty,
    end: char,
    runtime: &str,
) {
    push_indent(out, indent);
    out.push_str(head);
    let flat = ty.path(runtime);
    let (generic, arguments) = ty.parts();
    let column = indent + width(head) + 1;
    let has_arguments = !arguments.is_empty();
    if column + width(&flat) < MAX {
        out.push(' ');
        out.push_str(&flat);
    } else if has_arguments && indent + 4 + width(&flat) >= MAX && column + width(generic) < MAX {
        out.push(' ');
        broken(out, indent, ty, runtime);
    } else {
        out.push('\n');
        push_indent(out, indent + 4);
        if has_arguments && indent + 4 + width(&flat) >= MAX {
            broken(out, indent + 4, ty, runtime);
        } else {
            out.push_str(&flat);
        }
    }
    out.push(end);
    out.push('\n');
}

/// A generic type with an argument a line.
fn broken(out: &mut String, indent: usize, ty: &Ty, runtime: &str) {
    let (head, arguments) = ty.parts();
    out.push_str(head);
    out.push_str("<\n");
    for argument in arguments {
        push_indent(out, indent + 4);
        let flat = argument.path(runtime);
        if indent + 4 + width(&flat) < MAX || argument.parts().1.is_empty() {
            out.push_str(&flat);
        } else {
            broken(out, indent + 4, argument, runtime);
        }
        out.push_str(",\n");
    }
    push_indent(out, indent);
    out.push('>');
}

/// `impl trait for ty {`.
pub(crate) fn implementation(out: &mut String, of: &str, for_type: &str, settings: &Options) {
    if settings.has_deprecated_type() {
        out.push_str("#[allow(deprecated)]\n");
    }
    let flat = format!("impl {of} for {for_type}");
    if width(&flat) + 2 <= MAX {
        out.push_str(&flat);
        out.push_str(" {\n");
    } else {
        let _ = writeln!(out, "impl {of}\n    for {for_type}\n{{");
    }
}

/// `head value`, as in `pub const A: T = v;`, whose line is indented by `indent`.
pub(crate) fn assignment(out: &mut String, indent: usize, head: &str, value: &str) {
    out.push_str(head);
    if width(head) + 1 + width(value) <= MAX {
        out.push(' ');
    } else {
        out.push('\n');
        push_indent(out, indent + 4);
    }
    out.push_str(value);
    out.push('\n');
}

/// `pub struct Name {`.
pub(crate) fn block(out: &mut String, head: &str, name: &str) {
    let fits = width(head) + 1 + width(name) + 2 <= MAX;
    let _ = writeln!(out, "{head} {name}{}{{", if fits { " " } else { "\n" });
}

/// In columns: what East Asian scripts write takes two.
fn width(text: &str) -> usize {
    let columns = |character| {
        1 + usize::from(matches!(character,
            '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
            | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{1f300}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}'))
    };
    // Nearly every text, and every line asks.
    if text.is_ascii() {
        return text.len();
    }
    text.chars().map(columns).sum()
}
