//! The generated struct is a privileged updater.
use kratos_traits_ui_tests::account::AccountTraits;


fn save_at_any_time(_: &impl kratos_traits::Unprivileged) {}

fn whole(form: &AccountTraits) {
    save_at_any_time(form);
}

fn main() {}
