//! The settings of the generated code. A build script, the command and the file `kratos-traits.toml` all fill [`Options`].
//!
//! To add a setting: its field, builder method, line in `or`, check and accessor in `options` (or `traits`, if it is one of single
//! traits); its flag in `cli/flags.rs`; its use; a test. The tests in `tests/settings_docs.rs` write the JSON Schema of the file and the
//! table in README.md.

mod file;
mod options;
mod policy;
mod problems;
#[cfg(feature = "toml")]
mod reader;
mod spanned;
mod syntax;
mod traits;
mod visibility;

pub(crate) use file::File;
#[cfg(feature = "cli")]
pub use file::settings_schema;
pub use options::Options;
pub(crate) use policy::{ITEMS, written};
use spanned::Spanned;
pub(crate) use syntax::standard_derive;
pub(crate) use traits::TraitSettings;
use visibility::Visibility;

/// The elements of `first`, then those of `second`; in a map, those of `second` win.
fn both<C: IntoIterator + FromIterator<C::Item>>(first: C, second: C) -> C {
    first.into_iter().chain(second).collect()
}
