//! What a value has to be, to be set as a trait.

/// A type whose values can be set as a trait of type `V`: any `Clone` type that is `Into<V>`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not fit a trait of type `{V}`",
    label = "the schema makes this trait a `{V}`",
    note = "write `{V}`, or a `Clone` type that is `Into<{V}>`",
    note = "the derive knows standard types by their names: write a type of your own with such a name as `self::String`"
)]
pub trait FitsTrait<V>: Sized {
    /// The value to set.
    fn fit(self) -> V;

    /// A copy of the value.
    fn copy(&self) -> Self;
}

#[diagnostic::do_not_recommend]
impl<S: Clone + Into<V>, V> FitsTrait<V> for S {
    fn fit(self) -> V {
        self.into()
    }

    fn copy(&self) -> Self {
        self.clone()
    }
}
