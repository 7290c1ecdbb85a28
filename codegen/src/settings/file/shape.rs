//! The shape of a settings file: serde stops at the first thing that is wrong, so a wrong line is blanked and the rest read again.

use serde::de::DeserializeOwned;

/// How many things are said at once.
const MOST: usize = 50;

/// Reads the text, as far as it goes, and what is wrong with its shape.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> (Option<T>, Vec<toml::de::Error>) {
    let mut rest = String::from(text);
    let mut errors = Vec::new();
    loop {
        let error = match toml::from_str(&rest) {
            Ok(read) => return (Some(read), errors),
            Err(error) => error,
        };
        let is_first = errors.is_empty();
        let is_toml = toml::from_str::<toml::Table>(&rest).is_ok();
        // Without the line, the text may be no TOML any more; that is no fault of its author.
        if is_toml || is_first {
            let at = error.span().map_or(0, |span| span.start);
            errors.push(error);
            if is_toml && errors.len() < MOST && blank(&mut rest, at) {
                continue;
            }
        }
        return (None, errors);
    }
}

/// Puts spaces in the place of the line at this offset; not of the head of a table, whose settings would be another's then.
fn blank(text: &mut String, at: usize) -> bool {
    let start = text.get(..at).map_or(0, |before| {
        before.rfind('\n').map_or(0, |line_feed| line_feed + 1)
    });
    let end = text[start..]
        .find('\n')
        .map_or(text.len(), |end| start + end);
    let line = &text[start..end];
    if line.trim().is_empty() || line.trim_start().starts_with('[') {
        return false;
    }
    text.replace_range(start..end, &" ".repeat(end - start));
    true
}
