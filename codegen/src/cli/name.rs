//! The name of a schema without `--name`.

use std::path::Path;

/// `schemas/customer.schema.json` → `customer`.
pub(super) fn name_of(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let mut stem = name.rsplit_once('.').map_or(&*name, |(stem, _)| stem);
    while let Some((rest, kind)) = stem.rsplit_once('.')
        && matches!(kind, "schema" | "identity" | "traits" | "kratos")
    {
        stem = rest;
    }
    stem.chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '-' {
                c
            } else {
                '_'
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::name_of;
    use std::path::Path;

    #[test]
    fn names_from_files() {
        for (file, name) in [
            ("schemas/customer.schema.json", "customer"),
            ("customer.identity.schema.json", "customer"),
            ("identity.schema.json", "identity"),
            ("v1.customer.json", "v1_customer"),
            ("b2b-customer.json", "b2b-customer"),
            ("customer", "customer"),
        ] {
            assert_eq!(name_of(Path::new(file)), name, "{file}");
        }
    }
}
