//! Exact numbers.

/// A JSON number: its digits without leading and trailing zeros, and the power of ten.
#[derive(PartialEq, Eq)]
pub(super) struct Decimal<'a> {
    negative: bool,
    digits: String,
    power: i64,
    /// The whole text, if an `i64` cannot hold the power.
    beyond: Option<&'a str>,
}

impl<'a> Decimal<'a> {
    pub(super) fn read(text: &'a str) -> Self {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, power) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        let digits = all.trim_start_matches('0').trim_end_matches('0');
        if digits.is_empty() {
            return Self {
                negative: false,
                digits: String::new(),
                power: 0,
                beyond: None,
            };
        }
        let zeros = all.len() - all.trim_end_matches('0').len();
        let length = |n: usize| i64::try_from(n).ok();
        let power = power.parse::<i64>().ok().and_then(|power| {
            let after_the_point = length(fraction.len())?;
            power
                .checked_add(length(zeros)?)?
                .checked_sub(after_the_point)
        });
        Self {
            negative,
            digits: digits.to_owned(),
            power: power.unwrap_or_default(),
            beyond: power.is_none().then_some(text),
        }
    }
}
