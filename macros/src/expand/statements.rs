//! The constant `FIELDS` and the body of `patch`: one entry and one call for each field.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::Context;
use crate::check::types::{item_type, surely_fits};
use crate::check::{ResolvedField, Target};
use crate::messages::visible;
use crate::table::Row;
use crate::updater::Effect;

/// The entry of a field in `FIELDS`.
///
/// The tokens have the span of the type, like the call in `patch`: for a type that is not an updater, the compiler then reports
/// two equal errors and shows one. Paths begin with `<`, because the token of the runtime crate has the hygiene of another macro.
pub(super) fn field(one: &ResolvedField<'_>, context: &Context<'_>) -> TokenStream {
    let ty = &one.field.value;
    let span = ty.span();
    let runtime = context.runtime_at(span);
    let entry = quote_spanned!(span=> <#runtime::__private::UpdaterField>);
    let Some(changed) = one.target.changed() else {
        return quote_spanned!(span=> #entry::flattened::<#ty>());
    };
    let constant = constant_at(changed, context, Span::call_site());
    let conflict = format!(
        "`{}` is changed by this flattened updater and by another field\n\n{}",
        changed.shown_path(),
        context.table.note(changed)
    );
    match one.target {
        Target::Nested(_) => {
            quote_spanned!(span=> #entry::nested::<#ty>(#constant.facts(), #conflict))
        }
        _ => quote_spanned!(span=> #entry::of_trait(#constant.facts(), #conflict)),
    }
}

/// The statements that make the patch.
pub(super) fn patch(fields: &[ResolvedField<'_>], context: &Context<'_>) -> TokenStream {
    let Context {
        runtime, traits, ..
    } = context;
    let statements = fields.iter().map(|one| statement(one, context));
    let mutable = (!fields.is_empty()).then(|| quote!(mut));
    let constructor = match context.is_privileged {
        true => quote!(privileged),
        false => quote!(new),
    };
    // The names of variables begin with `__`: despite hygiene, a pattern with the name of a constant of the user would refer to it.
    quote! {
        let #mutable __patch = #runtime::Patch::<#traits, _>::#constructor();
        #(#statements)*
    }
}

/// The constant of a trait.
fn constant_at(found: &Row, context: &Context<'_>, span: Span) -> TokenStream {
    let traits = context.traits_at(span);
    let name = Ident::new(&found.constant().unwrap_or_default(), span);
    quote_spanned!(span=> #traits::#name)
}

/// The call that applies a field to its trait, inside what reads the `Option`s. The compiler checks types at the call, so its tokens
/// have the span of the field's type.
fn statement(one: &ResolvedField<'_>, context: &Context<'_>) -> TokenStream {
    let (field, ty) = (&one.field.ident, &one.field.value);
    let span = ty.span();
    let checks = checks(one, context);
    let constant = one.target.changed();
    let constant = constant.map(|found| constant_at(found, context, span));
    let call = |value: TokenStream| match &one.target {
        Target::Flattened(_) => quote_spanned!(span=> __patch.flatten::<#ty>(#value);),
        Target::Item(_, position) => {
            let position = Literal::usize_unsuffixed(*position);
            match checks {
                Some(_) => {
                    quote_spanned!(span=> (&mut __patch, #constant, #position).__call::<#ty>(#value);)
                }
                None => {
                    quote_spanned!(span=> __patch.set_item_cloned(#constant, #position, #value);)
                }
            }
        }
        Target::Trait(_) | Target::Nested(_) => match checks {
            Some(_) => quote_spanned!(span=> (&mut __patch, #constant).__call::<#ty>(#value);),
            None => quote_spanned!(span=> __patch.set_cloned(#constant, #value);),
        },
    };
    let (some, none) = (
        quote_spanned!(span=> ::core::option::Option::Some),
        quote_spanned!(span=> ::core::option::Option::None),
    );
    let statement = match one.field.effect {
        Effect::Set => call(quote_spanned!(span=> &self.#field)),
        Effect::SetOrKeep => {
            let call = call(quote_spanned!(span=> __value));
            quote_spanned!(span=> if let #some(__value) = &self.#field { #call })
        }
        Effect::SetRemoveOrKeep => {
            let call = call(quote_spanned!(span=> __value));
            quote_spanned! {span=>
                match &self.#field {
                    #some(#some(__value)) => { #call }
                    #some(#none) => { __patch.remove(#constant); }
                    #none => {}
                }
            }
        }
    };
    match checks {
        Some(checks) => quote_spanned!(span=> { #checks #statement }),
        None => statement,
    }
}

/// For a type that only the compiler can check: the method `__call`, with bounds whose message has the trait and its place in the
/// schema.
///
/// The attribute for such messages accepts literals only, so each field has traits of its own. The call is a method, so that the
/// compiler knows all other types when it checks the type of the field.
fn checks(one: &ResolvedField<'_>, context: &Context<'_>) -> Option<TokenStream> {
    let changed = one.target.changed()?;
    let ty = &one.field.value;
    let span = ty.span();
    let runtime = context.runtime_at(span);
    let declared = format!(
        "the trait is declared at {}",
        literal(&context.table.place(changed))
    );
    let expected = match one.target {
        Target::Nested(_) => {
            return Some(quote_spanned! {span=>
                #[diagnostic::on_unimplemented(
                    message = "an updater of `{Self}` cannot update `{V}`",
                    label = "this updater has `#[kratos(traits = {Self})]`",
                    note = "expected an updater with `#[kratos(traits = {V})]`",
                    note = #declared
                )]
                trait __IsObject<V> {
                    type AccessOf<A>;
                }
                #[diagnostic::do_not_recommend]
                impl<V> __IsObject<V> for V {
                    type AccessOf<A> = A;
                }

                #[diagnostic::on_unimplemented(
                    message = "this updater is `{Self}`: it may change identifiers or addresses, which can require a fresh login",
                    note = "add `privileged` to the `#[kratos(…)]` of the struct that contains it",
                    note = "if its type is a parameter of that struct, the bound `U: Unprivileged` requires an ordinary updater",
                    note = #declared
                )]
                trait __PartOf<Whole> {}
                #[diagnostic::do_not_recommend]
                impl<Whole, A: #runtime::marker::PartOf<Whole>> __PartOf<Whole> for A {}

                trait __Call: #runtime::__private::Nest {
                    fn __call<U>(self, __updater: &U)
                    where
                        U: #runtime::SettingsUpdate,
                        U::Traits: __IsObject<Self::Object, AccessOf<U::Access>: __PartOf<Self::Access>>,
                    {
                        self.nest(__updater);
                    }
                }
                impl<N: #runtime::__private::Nest> __Call for N {}
            });
        }
        Target::Item(..) => item_type(&changed.type_text)?,
        Target::Trait(_) | Target::Flattened(_) => &changed.type_text,
    };
    if surely_fits(ty, expected) {
        return None;
    }
    let (expected, path) = (literal(expected), literal(&one.target.shown_path()));
    let message = format!("expected `{expected}` for `{path}`, found `{{Self}}`");
    let keep = match (&one.target, one.field.effect) {
        (Target::Trait(_), Effect::Set) => {
            format!("`Option<{expected}>` to keep the trait when `None`, ")
        }
        _ => String::new(),
    };
    let label = format!("write `{expected}`, {keep}or a `Clone` type that is `Into<{expected}>`");
    Some(quote_spanned! {span=>
        #[diagnostic::on_unimplemented(message = #message, label = #label, note = #declared)]
        trait __Fits<V>: #runtime::__private::FitsTrait<V> {}
        #[diagnostic::do_not_recommend]
        impl<V, S: #runtime::__private::FitsTrait<V>> __Fits<V> for S {}

        trait __Call: #runtime::__private::SetValue {
            fn __call<S: __Fits<Self::Value>>(self, __value: &S) {
                self.set_copy(__value);
            }
        }
        impl<P: #runtime::__private::SetValue> __Call for P {}
    })
}

/// Escapes a text for use in a format string.
fn literal(text: &str) -> String {
    visible(text).replace('{', "{{").replace('}', "}}")
}
