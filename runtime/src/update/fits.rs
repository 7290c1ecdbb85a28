//! What a value has to be, to be set as a trait.

/// A type whose values can be set as a trait of type `V`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not fit a trait of type `{V}`",
    label = "the schema makes this trait a `{V}`",
    note = "write `{V}`, or a `Clone` type that is `Into<{V}>`"
)]
pub trait FitsTrait<V> {
    /// The value to set.
    fn fit(&self) -> V;
}

#[diagnostic::do_not_recommend]
impl<S: Clone + Into<V>, V> FitsTrait<V> for S {
    fn fit(&self) -> V {
        self.clone().into()
    }
}
