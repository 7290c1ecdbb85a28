//! Answers of a real Kratos. Our client never sends most of the requests in `flows`, `second_factor`, `submits` and
//! `verification`: they are written by hand, so that each kind of answer is one that a server gave. `recorded` has the kinds that
//! no server here gives.

mod asked;
mod flows;
mod forecast;
mod form_decoder;
mod hooks;
mod outdated_traits;
mod second_factor;
mod submits;
mod two_writers;
mod verification;
