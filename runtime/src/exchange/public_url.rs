//! Where Kratos's public API is.

use super::base_url::base_url_of_an_api;

base_url_of_an_api! {
    /// The base URL of Kratos's public API: `http://127.0.0.1:4433`, or `https://auth.example.org/kratos`.
    ///
    /// Requests go here and nowhere else; the `ui.action` of a flow, which is built from what the
    /// server believes its address to be, is not followed.
    PublicUrl
}
