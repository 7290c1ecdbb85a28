//! An updater that is written by hand cannot return a privileged patch as an ordinary one.

use kratos_traits::marker::Ordinary;
use kratos_traits::{Patch, SettingsUpdate};
use kratos_traits_ui_tests::customer::CustomerTraits;

struct ChangeEmail;

impl SettingsUpdate for ChangeEmail {
    type Traits = CustomerTraits;
    type Access = Ordinary;

    fn patch(&self) -> Patch<CustomerTraits, Ordinary> {
        let mut patch = Patch::privileged();
        patch.set(CustomerTraits::EMAIL, "eve@example.org");
        patch
    }
}

fn main() {}
