//! Every answer that Kratos gives to a login flow, by its recorded shape, and answers of other servers.

mod choices;
mod codes;
mod logged_in;
mod refused;
mod script;
mod shapes;
