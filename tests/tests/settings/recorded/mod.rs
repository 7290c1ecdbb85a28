//! Every answer that Kratos gives to a settings flow, by its recorded shape, and answers of other servers.

mod accepted;
mod errors;
mod expired;
mod invalid;
mod requests;
mod script;
mod strange;
