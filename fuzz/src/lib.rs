//! What each fuzz target does with its input. A target fails if it panics, does not end, or breaks a property that it asserts.

mod answers;
mod files;

use customer::CustomerTraits;
use kratos_traits::settings::PendingData;
use kratos_traits::{IdentityTraits, Pending, RawTraits, Schema};
use kratos_traits_codegen::{Options, generate};

pub use answers::{admin, login, session, settings};
pub use files::{kratos_yml, settings_file};

/// The types of `schemas/customer.schema.json`.
#[allow(missing_docs)]
mod customer {
    include!("../../schemas/customer.rs");
}

/// The line between two parts of an input.
const SEPARATOR: &str = "\n----\n";

/// The generator, on an identity schema.
pub fn schema(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else {
        return;
    };
    let generated = generate("fuzzed", "fuzzed.schema.json", text, &Options::new());
    match generated {
        Ok(generated) => {
            let again = generate("fuzzed", "fuzzed.schema.json", text, &Options::new());
            let again = again.expect("the same result");
            assert_eq!(generated.rust, again.rust);
            let _ = format!("{:?}", generated.warnings);
        }
        Err(errors) => assert!(!errors.to_string().is_empty()),
    }
}

/// `Schema::from_text`, on an identity schema, and the check of a document: `schema`, a line `----`, `traits`.
pub fn check(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else {
        return;
    };
    let (schema, traits) = text.split_once(SEPARATOR).unwrap_or((text, "{}"));
    let Ok(schema) = Schema::from_text("fuzzed.schema.json", schema) else {
        return;
    };
    if let Ok(traits) = RawTraits::parse(traits) {
        let problems = schema.check(&traits);
        assert_eq!(problems, schema.check(&traits));
        let _ = format!("{problems:?}");
        for problem in problems {
            let _ = problem.to_string();
        }
    }
}

/// A stored pending change. `FINGERPRINT` stands for that of the schema.
pub fn pending(input: &[u8]) {
    let fingerprint = CustomerTraits::schema().fingerprint.to_string();
    let text = String::from_utf8_lossy(input).replacen("FINGERPRINT", &fingerprint, 1);
    let Ok(stored) = serde_json::from_str::<PendingData>(&text) else {
        return;
    };
    let _ = format!("{stored:?}");
    if let Ok(pending) = Pending::<CustomerTraits>::try_from(stored) {
        let _ = format!("{pending:?}");
        let text = serde_json::to_string(&pending.to_plaintext()).expect("JSON");
        let again: PendingData = serde_json::from_str(&text).expect("what was written is read");
        assert!(Pending::<CustomerTraits>::try_from(again).is_ok());
    }
}
