use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

macro_rules! updater {
    ($name:ident { $field:ident: $ty:ty }) => {
        #[derive(SettingsUpdate)]
        #[kratos(traits = AccountTraits)]
        struct $name {
            $field: $ty,
        }
    };
}

updater!(Age { age: String });
updater!(Score { score: f32 });

fn main() {}
