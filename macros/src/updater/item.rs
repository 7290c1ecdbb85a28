//! The item that carries the derive, read by hand: rustc has checked its syntax already, and a parser that
//! cannot know that takes several times as long.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use syn::parse::Parser as _;
use syn::{Attribute, Generics};

use super::tokens::{end_of_angles, is_punct, split};

/// The user's struct, or what stands in its place.
pub(crate) struct Item {
    /// `#[kratos(…)]` only.
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) name: Ident,
    pub(crate) generics: Generics,
    pub(super) body: Body,
}

/// What the item is made of.
pub(super) enum Body {
    Named(Vec<NamedField>),
    /// A tuple struct or a unit struct.
    Nameless,
    /// An enum or a union.
    NoStruct,
}

/// A field of a struct.
pub(super) struct NamedField {
    /// `#[kratos(…)]` only.
    pub(super) attributes: Vec<Attribute>,
    pub(super) name: Ident,
    pub(super) ty: Vec<TokenTree>,
}

impl Item {
    pub(crate) fn read(input: TokenStream) -> syn::Result<Self> {
        let tokens: Vec<TokenTree> = input.into_iter().collect();
        let (attributes, rest) = attributes(&tokens)?;
        let [TokenTree::Ident(keyword), TokenTree::Ident(name), rest @ ..] =
            behind_visibility(rest)
        else {
            return Err(unreadable(rest));
        };
        let (generics, fields) = generics(rest)?;
        let body = if keyword != "struct" {
            Body::NoStruct
        } else if let Some(fields) = fields {
            Body::Named(named(fields)?)
        } else {
            Body::Nameless
        };
        Ok(Self {
            attributes,
            name: name.clone(),
            generics,
            body,
        })
    }
}

/// The attributes of ours at the beginning, and what stands behind all attributes.
pub(crate) fn attributes(mut tokens: &[TokenTree]) -> syn::Result<(Vec<Attribute>, &[TokenTree])> {
    let mut ours = Vec::new();
    while let [pound, TokenTree::Group(group), rest @ ..] = tokens
        && is_punct(pound, '#')
    {
        if is_ours(group.stream()) {
            let attribute = tokens[..2].iter().cloned().collect();
            ours.extend(Attribute::parse_outer.parse2(attribute)?);
        }
        tokens = rest;
    }
    Ok((ours, tokens))
}

fn is_ours(attribute: TokenStream) -> bool {
    match attribute.into_iter().next() {
        Some(TokenTree::Ident(name)) => name == "kratos",
        // `#[$attribute]` of a macro.
        Some(TokenTree::Group(group)) => is_ours(group.stream()),
        _ => false,
    }
}

/// Passes over `pub`, `pub(…)`, and a `$visibility` of a macro.
fn behind_visibility(mut tokens: &[TokenTree]) -> &[TokenTree] {
    loop {
        match tokens {
            [TokenTree::Ident(word), rest @ ..] if word == "pub" => tokens = rest,
            [TokenTree::Group(_), rest @ ..] => tokens = rest,
            _ => return tokens,
        }
    }
}

/// The generics of the item, and what stands between its braces.
fn generics(tokens: &[TokenTree]) -> syn::Result<(Generics, Option<&Group>)> {
    let (fields, head) = match tokens.split_last() {
        Some((TokenTree::Group(group), head)) if group.delimiter() == Delimiter::Brace => {
            (Some(group), head)
        }
        Some((_semicolon, head)) => (None, head),
        None => return Err(unreadable(tokens)),
    };
    if head.is_empty() {
        return Ok((Generics::default(), fields));
    }
    let (angles, rest) = head.split_at(end_of_angles(head));
    // Between the generics and the `where` of a tuple struct stand its fields.
    let clause = match rest {
        [TokenTree::Group(_), clause @ ..] => clause,
        _ => rest,
    };
    let mut generics: Generics = syn::parse2(angles.iter().cloned().collect())?;
    generics.where_clause = syn::parse2(clause.iter().cloned().collect())?;
    Ok((generics, fields))
}

fn named(fields: &Group) -> syn::Result<Vec<NamedField>> {
    let tokens: Vec<TokenTree> = fields.stream().into_iter().collect();
    let mut named = Vec::new();
    for field in split(&tokens) {
        let (attributes, rest) = attributes(field)?;
        let [TokenTree::Ident(name), _colon, ty @ ..] = behind_visibility(rest) else {
            return Err(unreadable(rest));
        };
        named.push(NamedField {
            attributes,
            name: name.clone(),
            ty: ty.to_vec(),
        });
    }
    Ok(named)
}

/// Of syntax that is younger than this crate.
fn unreadable(tokens: &[TokenTree]) -> syn::Error {
    let tokens: TokenStream = tokens.iter().cloned().collect();
    syn::Error::new_spanned(tokens, "a settings update cannot be read from this syntax")
}
