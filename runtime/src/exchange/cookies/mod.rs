//! The cookies of somebody else's browser, on their way to Kratos and back.

mod browser_cookies;
mod relay;
mod set_cookie;
mod set_cookies;

pub use self::browser_cookies::BrowserCookies;
pub use self::relay::{Relay, Relayed};
pub use self::set_cookies::SetCookies;
