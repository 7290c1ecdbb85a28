//! Fields whose types surely fit: one call for several, because the number of calls is what costs every user time.

use std::fmt::Write as _;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::Names;
use crate::check::types::Group;
use crate::check::{Pair, Target, types};

/// As many as the tuples of the runtime hold.
const MOST: usize = 8;

/// Fields that stand one behind the other.
#[derive(Default)]
pub(super) struct Known {
    /// In which order they stand, for the runtime: the position of each trait and the letter of its group.
    order: String,
    count: usize,
    groups: [TokenStream; 4],
}

impl Known {
    /// Takes the field in, unless it is of another kind or there is no place left.
    pub(super) fn take(&mut self, pair: &Pair<'_>) -> bool {
        let Target::Trait(touched) = pair.target else {
            return false;
        };
        let Some(group) = types::known(&pair.field.value, touched) else {
            return false;
        };
        if self.count == MOST {
            return false;
        }
        let (letter, tokens) = match group {
            Group::String => ('s', &mut self.groups[0]),
            Group::Bool => ('b', &mut self.groups[1]),
            Group::Integer => ('i', &mut self.groups[2]),
            Group::Number => ('n', &mut self.groups[3]),
        };
        let space = if self.count == 0 { "" } else { " " };
        // Writing to a String cannot fail.
        let _ = write!(self.order, "{space}{}{letter}", touched.index);
        self.count += 1;
        let field = &pair.field.ident;
        // Stands where the type stands, so that the compiler complains there of one that only has the name.
        tokens.extend(quote_spanned!(pair.field.value.place()=> &self.#field,));
        true
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The patch of a struct that has no other fields.
    pub(super) fn patch(&self, names: &Names) -> TokenStream {
        self.call("known", &TokenStream::new(), names)
    }

    /// A statement that adds them to a patch.
    pub(super) fn statement(&self, names: &Names) -> TokenStream {
        let call = self.call("add_known", &quote!(&mut __patch,), names);
        quote!(#call;)
    }

    fn call(&self, function: &str, patch: &TokenStream, names: &Names) -> TokenStream {
        let Names { runtime, .. } = names;
        let function = Ident::new(function, Span::call_site());
        let order = Literal::string(&self.order);
        let [strings, bools, integers, numbers] = &self.groups;
        quote!(#runtime::__private::#function(#patch #order, (#strings), (#bools), (#integers), (#numbers)))
    }
}
