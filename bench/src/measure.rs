//! Times, ratios, and what becomes of a promise.

use std::process::ExitCode;
use std::time::{Duration, Instant};

/// The median time of each of the things to do, done in turn, so that a slow moment of the machine meets all of them.
pub(crate) fn medians<const N: usize>(
    rounds: usize,
    things: [&mut dyn FnMut(); N],
) -> [Duration; N] {
    times(rounds, things).map(|times| times[times.len() / 2])
}

/// The shortest time of each of them: what they cost when nothing disturbs.
pub(crate) fn fastest<const N: usize>(
    rounds: usize,
    things: [&mut dyn FnMut(); N],
) -> [Duration; N] {
    times(rounds, things).map(|times| times[0])
}

/// All times of each thing, sorted.
fn times<const N: usize>(rounds: usize, mut things: [&mut dyn FnMut(); N]) -> [Vec<Duration>; N] {
    let mut times = [const { Vec::new() }; N];
    for _ in 0..rounds {
        for (thing, times) in things.iter_mut().zip(&mut times) {
            let start = Instant::now();
            thing();
            times.push(start.elapsed());
        }
    }
    for times in &mut times {
        times.sort_unstable();
    }
    times
}

/// How often `ours` goes into `theirs`.
pub(crate) fn ratio(theirs: Duration, ours: Duration) -> f64 {
    theirs.as_secs_f64() / ours.as_secs_f64()
}

/// What has been measured so far.
#[derive(Default)]
pub(crate) struct Report {
    broken: usize,
    skipped: usize,
}

impl Report {
    /// A promise that `value` is at least `least`.
    pub(crate) fn at_least(&mut self, what: &str, value: f64, least: f64, detail: &str) {
        self.line(what, value, value >= least, &format!("≥ {least}"), detail);
    }

    /// A promise that `value` is at most `most`.
    pub(crate) fn at_most(&mut self, what: &str, value: f64, most: f64, detail: &str) {
        self.line(what, value, value <= most, &format!("≤ {most}"), detail);
    }

    fn line(&mut self, what: &str, value: f64, kept: bool, promise: &str, detail: &str) {
        let word = if kept { "kept  " } else { "BROKEN" };
        println!("{word} {value:>8.2} ({promise:>6})  {what}: {detail}");
        self.broken += usize::from(!kept);
    }

    /// A promise that could not be looked at here.
    pub(crate) fn skip(&mut self, what: &str, why: &str) {
        println!("SKIPPED                   {what}: {why}");
        self.skipped += 1;
    }

    pub(crate) fn end(&self) -> ExitCode {
        println!("{} broken, {} skipped", self.broken, self.skipped);
        if self.broken == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}
