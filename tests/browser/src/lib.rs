//! What the page of `tests/tests/chromium` can do: our client, in a browser.

#[cfg(target_family = "wasm")]
pub mod page;
