//! How old a login is, held against what the server allows.

use std::time::{Duration, SystemTime};

use super::need::{Why, WhyNot};
use super::version::Generation;

/// What a login is good for.
pub(super) enum Login {
    /// Every change.
    Fresh(WhyNot),
    /// Ordinary changes.
    Old(Option<Why>),
    /// One or the other.
    Unclear(Why),
}

/// The limits of a login.
pub(super) struct Limits {
    pub(super) max_age: Option<Duration>,
    pub(super) clock_skew: Duration,
}

impl Limits {
    /// Source: `IsPrivileged` in `session/manager_http.go` and its callers.
    pub(super) fn judge(
        &self,
        authenticated_at: Option<SystemTime>,
        generation: Generation,
        now: SystemTime,
    ) -> Login {
        let Some(max_age) = self.max_age else {
            return Login::Unclear(Why::UnknownMaxAge);
        };
        if max_age.is_zero() {
            return match generation {
                Generation::Until26_2 => Login::Old(Some(Why::NeverPrivileged)),
                Generation::After26_2 => Login::Fresh(WhyNot::NoMaxAge),
            };
        }
        let Some(authenticated_at) = authenticated_at else {
            return Login::Unclear(Why::UnknownLogin);
        };
        // Of a limit beyond all time, no login falls short.
        let Some(limit) = authenticated_at.checked_add(max_age) else {
            return Login::Fresh(WhyNot::FreshLogin);
        };
        let passed = |from: SystemTime, to: SystemTime| {
            from.checked_add(self.clock_skew)
                .is_some_and(|from| from < to)
        };
        if passed(now, limit) {
            Login::Fresh(WhyNot::FreshLogin)
        } else if passed(limit, now) {
            Login::Old(None)
        } else {
            Login::Unclear(Why::NearLimit)
        }
    }
}
