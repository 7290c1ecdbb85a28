//! What can be set of the emitted code: one model behind the build script, the file `kratos-traits.toml` and the command line.
//!
//! Whatever becomes Rust is checked here before anything is written, and everything that is wrong is said at once.

mod asked;
#[cfg(feature = "toml")]
mod file;
mod options;
mod origin;
mod policy;
mod problems;
mod syntax;
mod traits;
mod visibility;
#[cfg(any(feature = "toml", feature = "kratos-config"))]
mod wider;

#[cfg(feature = "toml")]
pub(crate) use file::File;
#[cfg(feature = "cli")]
pub use file::settings_schema;
pub use options::Options;
pub(crate) use origin::{Origin, Said};
pub(crate) use policy::{Policy, written};
pub(crate) use syntax::standard_derive;
pub(crate) use traits::{ITEMS, TraitSettings};
