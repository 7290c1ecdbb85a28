//! The time of the generator, from 10 properties to 10,000.

use std::hint::black_box;

use crate::library::ours;
use crate::measure::{Report, medians};
use crate::schemas;

pub(crate) fn run(report: &mut Report) {
    let texts = [10, 100, 1_000, 10_000].map(schemas::wide);
    let [a, b, c, d] = texts
        .each_ref()
        .map(|text| move || drop(black_box(ours("wide", text))));
    let (mut a, mut b, mut c, mut d) = (a, b, c, d);
    let times = medians(15, [&mut a, &mut b, &mut c, &mut d]);
    let each = [10.0, 100.0, 1_000.0, 10_000.0].iter().zip(times);
    let each: Vec<f64> = each
        .map(|(count, time)| time.as_secs_f64() * 1e6 / count)
        .collect();
    let detail = format!(
        "{:.1}, {:.1}, {:.1} and {:.1} µs a property with 10, 100, 1,000 and 10,000 of them",
        each[0], each[1], each[2], each[3]
    );
    // Quadratic time would make this 10.
    report.at_most(
        "linear time, a property among 10,000 beside one among 1,000",
        each[3] / each[2],
        2.0,
        &detail,
    );
}
