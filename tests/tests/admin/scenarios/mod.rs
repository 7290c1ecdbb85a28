//! What the admin API must do on the fake and on every real Kratos alike.

mod concurrent;
mod find;
mod newer_schema;
mod other_schema;
mod refused;
mod save;

kratos_traits_tests::on_each_server! {
    save::an_ordinary_trait_needs_no_login: customer::CustomerTraits,
    save::a_privileged_update_moves_the_login: customer::CustomerTraits,
    save::nothing_to_change_is_not_sent: customer::CustomerTraits,
    save::names_of_every_kind: subscriber::SubscriberTraits,
    concurrent::a_conflict_has_all_three_values: customer::CustomerTraits,
    concurrent::a_change_between_the_requests_is_overwritten: customer::CustomerTraits,
    concurrent::changes_of_other_traits_are_kept: customer::CustomerTraits,
    concurrent::members_of_a_new_object_are_merged: customer::CustomerTraits,
    concurrent::a_trait_removed_between_the_requests_stays_removed: customer::CustomerTraits,
    refused::a_taken_identifier_is_refused: customer::CustomerTraits,
    refused::an_invalid_update_is_not_sent: customer::CustomerTraits,
    refused::the_public_api_is_not_the_admin_api: customer::CustomerTraits,
    newer_schema::nobody_is_blamed_for_a_newer_rule: customer::CustomerTraits,
    other_schema::a_schema_that_is_not_known: customer::CustomerTraits,
    other_schema::another_id: customer::CustomerTraits,
    other_schema::traits_that_the_server_does_not_have: customer::CustomerTraits,
    find::identities_are_found: customer::CustomerTraits,
}
