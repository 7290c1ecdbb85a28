//! Times, ratios, and whether a promise is kept.

use std::process::ExitCode;
use std::time::{Duration, Instant};

/// The median time of each of the things to do, done in turn, so that a slow moment of the machine meets all of them.
pub(crate) fn medians<const N: usize>(
    rounds: usize,
    things: [&mut dyn FnMut(); N],
) -> [Duration; N] {
    times(rounds, things).map(|times| times[times.len() / 2])
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

/// The least time of each of the things, which start processes: other programs only ever add to it.
///
/// It is processor time, which does not include waiting for other programs. Where the system does not report it, it is time on the
/// clock.
pub(crate) fn least<const N: usize>(
    rounds: usize,
    mut things: [&mut dyn FnMut(); N],
) -> [Duration; N] {
    let mut times = [Duration::MAX; N];
    for _ in 0..rounds {
        for (thing, least) in things.iter_mut().zip(&mut times) {
            let (start, before) = (Instant::now(), processor_time());
            thing();
            let wall = start.elapsed();
            let time = processor_time()
                .zip(before)
                .map_or(wall, |(after, before)| after - before);
            *least = time.min(*least);
        }
    }
    times
}

/// What [`least`] measures here.
pub(crate) fn unit() -> &'static str {
    match processor_time() {
        Some(_) => "of the processor",
        None => "on the clock",
    }
}

/// The milliseconds of one among `count`, which together take `time`, less the `base` that is there without them.
pub(crate) fn each(time: Duration, base: Duration, count: usize) -> f64 {
    time.saturating_sub(base).as_secs_f64() * 1e3 / count as f64
}

/// The processor time of the child processes that have ended, user and system: `cutime` and `cstime` of `proc_pid_stat(5)`, in
/// hundredths of a second.
fn processor_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the name of the program, which may hold anything.
    let (_, fields) = stat.rsplit_once(") ")?;
    let ticks = fields.split(' ').skip(13).take(2);
    let ticks: u64 = ticks
        .map(|ticks| ticks.parse::<u64>().ok())
        .sum::<Option<_>>()?;
    Some(Duration::from_millis(10 * ticks))
}

/// How often `divisor` goes into `time`.
pub(crate) fn ratio(time: Duration, divisor: Duration) -> f64 {
    time.as_secs_f64() / divisor.as_secs_f64()
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

    /// A ratio that nothing is promised of.
    pub(crate) fn show(&self, what: &str, value: f64, detail: &str) {
        println!("seen   {value:>8.2}           {what}: {detail}");
    }

    /// What could not be measured here.
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
