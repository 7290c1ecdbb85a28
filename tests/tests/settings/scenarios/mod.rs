//! What an update must do on the fake and on every real Kratos alike. Where the two differ, the fake is wrong.

mod blocking;
mod change;
mod meanwhile;
mod newer_schema;
mod pending;
mod privileged;
mod refused;

kratos_traits_tests::on_each_server! {
    change::nothing_else_changes: customer::CustomerTraits,
    change::only_what_the_updater_names_is_replaced: subscriber::SubscriberTraits,
    change::removing_removes_the_key: customer::CustomerTraits,
    privileged::an_email_change_waits_for_a_login: customer::CustomerTraits,
    privileged::a_username_change_waits_for_a_login: member::MemberTraits,
    privileged::a_needed_login_is_forecast: customer::CustomerTraits,
    meanwhile::different_traits_merge: customer::CustomerTraits,
    meanwhile::a_conflict_is_seen_before_anything_is_sent: customer::CustomerTraits,
    meanwhile::a_save_that_is_undone_ends_in_a_conflict: customer::CustomerTraits,
    newer_schema::an_old_client_saves_what_it_knows: customer::CustomerTraits,
    newer_schema::nobody_is_blamed_for_a_newer_rule: customer::CustomerTraits,
    newer_schema::an_array_that_is_refused_is_left_out: subscriber::SubscriberTraits,
    pending::a_sealed_change_goes_on_in_another_process: customer::CustomerTraits,
    pending::nobody_else_resumes_a_change: customer::CustomerTraits,
    pending::a_change_made_while_one_waits_is_a_conflict: customer::CustomerTraits,
    pending::a_refused_ordinary_change_is_not_its_cause: customer::CustomerTraits,
    refused::a_problem_names_its_trait: customer::CustomerTraits,
    refused::a_taken_email_is_refused: customer::CustomerTraits,
    refused::an_unknown_session_is_inactive: customer::CustomerTraits,
    blocking::a_blocking_client_does_the_same: customer::CustomerTraits,
}
