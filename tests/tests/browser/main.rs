//! Updates on behalf of a browser: recorded answers, the fake, a real Kratos.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on panics"
)]

mod recorded;
mod scenarios;
mod servers;

kratos_traits_tests::on_each_server! {
    scenarios::a_browser_update_is_saved: customer::CustomerTraits,
    scenarios::a_new_csrf_cookie_goes_with_the_submit: customer::CustomerTraits,
    scenarios::a_forged_submit_is_refused: customer::CustomerTraits,
    scenarios::a_browser_without_a_session: customer::CustomerTraits,
    scenarios::a_browser_change_waits_for_a_login: customer::CustomerTraits,
    scenarios::a_browser_returns_where_it_may: customer::CustomerTraits,
    scenarios::a_browser_lands_on_the_page_of_the_application: customer::CustomerTraits,
    scenarios::the_browser_itself_updates: customer::CustomerTraits,
    scenarios::native_and_browser_are_not_mixed: customer::CustomerTraits,
}
