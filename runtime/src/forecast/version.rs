//! Versions of Kratos, as far as their rules differ.

/// The version of a server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum KratosVersion {
    /// Nobody knows, or a build that says nothing of use (`unknown`, `master`).
    #[default]
    Unknown,
    /// A release, such as v1.3.1 or v26.2.0.
    Release {
        /// The first number.
        major: u32,
        /// The second number.
        minor: u32,
        /// The third number.
        patch: u32,
    },
}

/// Servers of the same rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Generation {
    /// From v1.3.1 to v26.2.0.
    Until26_2,
    /// After v26.2.0.
    After26_2,
}

impl KratosVersion {
    /// Reads what a server says of itself (`GET /version`) or what the image is called: `v1.3.1`,
    /// `26.2.0`, `v26.2.0-distroless`. Any other text is [`Unknown`](Self::Unknown).
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        let numbers = text.strip_prefix('v').unwrap_or(text);
        let numbers = numbers.split(['-', '+']).next().unwrap_or_default();
        let mut parts = numbers.split('.').map(|part| part.parse().ok());
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(Some(major)), Some(Some(minor)), Some(Some(patch)), None) => Self::Release {
                major,
                minor,
                patch,
            },
            _ => Self::Unknown,
        }
    }

    /// Every generation that the server may be of.
    pub(super) fn generations(self) -> &'static [Generation] {
        match self {
            // Of older servers we know nothing, and a patch of v26.2.0 may have either rules.
            Self::Release {
                major,
                minor,
                patch,
            } => match (major, minor, patch) {
                (1, 3, 1..) | (1, 4.., _) | (2..=25, _, _) | (26, 0..=1, _) | (26, 2, 0) => {
                    &[Generation::Until26_2]
                }
                (26, 3.., _) | (27.., _, _) => &[Generation::After26_2],
                _ => &[Generation::Until26_2, Generation::After26_2],
            },
            Self::Unknown => &[Generation::Until26_2, Generation::After26_2],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_servers_say() {
        use Generation::{After26_2, Until26_2};
        for (text, expected) in [
            ("v1.3.1", &[Until26_2][..]),
            ("1.3.1\n", &[Until26_2]),
            ("v25.4.0", &[Until26_2]),
            ("v26.2.0-distroless", &[Until26_2]),
            ("v26.3.0", &[After26_2]),
            ("v27.1.0+1", &[After26_2]),
            ("v26.2.1", &[Until26_2, After26_2]),
            ("v1.3.0", &[Until26_2, After26_2]),
            ("v0.13.0", &[Until26_2, After26_2]),
            ("unknown", &[Until26_2, After26_2]),
            ("v26.2", &[Until26_2, After26_2]),
            ("", &[Until26_2, After26_2]),
        ] {
            assert_eq!(KratosVersion::parse(text).generations(), expected, "{text}");
        }
    }
}
