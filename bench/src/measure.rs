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

/// What a process took.
#[derive(Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) wall: Duration,
    /// Of all processors, for the program and for the system on its behalf; `None` where the system does not say it.
    pub(crate) processor: Option<Duration>,
}

/// The least of each cost of the things, which start processes: what they take when nothing disturbs.
pub(crate) fn least<const N: usize>(rounds: usize, mut things: [&mut dyn FnMut(); N]) -> [Cost; N] {
    let mut costs: [Option<Cost>; N] = [None; N];
    for _ in 0..rounds {
        for (thing, least) in things.iter_mut().zip(&mut costs) {
            let (start, before) = (Instant::now(), processor_time());
            thing();
            let wall = start.elapsed();
            let processor = processor_time()
                .zip(before)
                .map(|(after, before)| after - before);
            *least = Some(match *least {
                None => Cost { wall, processor },
                Some(least) => Cost {
                    wall: wall.min(least.wall),
                    processor: processor.min(least.processor),
                },
            });
        }
    }
    costs.map(|cost| cost.expect("a round"))
}

/// What the processes that ended took of the processors so far: `cutime` and `cstime` of `proc_pid_stat(5)`, in hundredths of a second.
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
