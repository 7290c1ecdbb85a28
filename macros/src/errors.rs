//! Mistakes are collected, then reported together.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};

/// The mistakes found so far in one struct.
#[derive(Default)]
pub(crate) struct Errors(Vec<syn::Error>);

impl Errors {
    /// Adds a mistake at these tokens.
    pub(crate) fn on(&mut self, tokens: impl ToTokens, message: impl std::fmt::Display) {
        self.0.push(syn::Error::new_spanned(tokens, message));
    }

    /// Adds a mistake at a span.
    pub(crate) fn at(&mut self, span: Span, message: impl std::fmt::Display) {
        self.0.push(syn::Error::new(span, message));
    }

    /// Adds an error of syn.
    pub(crate) fn push(&mut self, error: syn::Error) {
        self.0.push(error);
    }

    /// Adds the mistakes of another list.
    pub(crate) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All mistakes, combined into one error.
    pub(crate) fn split_last(&self) -> Option<(&syn::Error, &[syn::Error])> {
        self.0.split_last()
    }
}

/// A type that expands to the error, so that the compiler reports nothing about code that depends on it.
///
/// The error is in the length of an array, because an error in type position becomes `()`.
pub(crate) fn in_place_of_a_type(error: &syn::Error) -> TokenStream {
    let error = error.to_compile_error();
    quote!([(); #error])
}
