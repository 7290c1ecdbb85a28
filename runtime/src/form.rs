//! Helpers for updaters that are read from a form or from JSON.

use serde::{Deserialize, Deserializer};

/// Tells `null` from an absent member: for fields of type `Option<Option<T>>`.
///
/// By itself serde reads `null` as `None`, which keeps the trait. With this, `null` is `Some(None)`,
/// which removes it; an absent member is `None` by `default`.
///
/// ```
/// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
/// use kratos_traits::SettingsUpdate;
///
/// #[derive(SettingsUpdate, serde::Deserialize)]
/// #[kratos(traits = customer::CustomerTraits)]
/// struct Rename {
///     #[serde(default, deserialize_with = "kratos_traits::form::present")]
///     nickname: Option<Option<String>>,
/// }
///
/// let read = |text| serde_json::from_str::<Rename>(text).map(|form| form.nickname);
/// assert_eq!(read(r#"{"nickname":"Countess"}"#)?, Some(Some("Countess".into()))); // sets
/// assert_eq!(read(r#"{"nickname":null}"#)?, Some(None)); // removes
/// assert_eq!(read("{}")?, None); // keeps
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// # Errors
///
/// The value is not a `T`.
pub fn present<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(deserializer).map(Some)
}
