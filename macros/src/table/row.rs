//! A row of the table: one trait.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{LitStr, Token};

use super::fact::{Credential, ROLES, Role, only_argument};
use super::{unknown, written};

/// One trait.
#[derive(Clone)]
pub(crate) struct Row {
    /// The span of its path.
    pub(crate) span: Span,
    pub(crate) path: Vec<String>,
    /// Whether the object that holds it requires it.
    pub(crate) required: bool,
    pub(crate) nullable: bool,
    pub(crate) kind: Kind,
    /// The type of a present value.
    pub(crate) ty: TokenStream,
    /// The type as text, for messages and to compare types.
    pub(crate) type_text: String,
    pub(crate) roles: Vec<Role>,
    /// The roles of the values in it.
    pub(crate) inner: Vec<Inner>,
    /// The credentials for which only this trait, or one in it, identifies a person.
    pub(crate) only: Vec<Credential>,
    /// Whether the settings of the generator deny it to updaters.
    pub(crate) denied: bool,
    /// The name of its constant, if it is not the default.
    pub(crate) constant: Option<Ident>,
    /// The place of its declaration, unless that follows from its path.
    pub(crate) at: Option<LitStr>,
}

/// The JSON type of a trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    String,
    Integer,
    Number,
    Boolean,
    Array,
    /// An object that may have members that the schema does not name.
    Open,
    /// An object that has named members only.
    Closed,
    Any,
}

/// The roles of the values in an array or an object.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Inner {
    of: Holder,
    roles: Vec<Role>,
}

#[derive(Clone, PartialEq, Eq)]
enum Holder {
    Items,
    /// The members that the schema does not name; for a pattern, those that match it.
    Members(Option<String>),
}

const KINDS: [(&str, Kind); 8] = [
    ("string", Kind::String),
    ("integer", Kind::Integer),
    ("number", Kind::Number),
    ("boolean", Kind::Boolean),
    ("array", Kind::Array),
    ("open", Kind::Open),
    ("closed", Kind::Closed),
    ("any", Kind::Any),
];
const FLAGS: [&str; 2] = ["required", "nullable"];
/// The words that begin a fact other than a role.
const FACTS: [&str; 6] = ["items", "members", "only", "denied", "const", "at"];

impl Kind {
    fn word(self) -> &'static str {
        let found = KINDS.iter().find(|(_, kind)| *kind == self);
        found.map_or("any", |(word, _)| word)
    }

    pub(crate) fn is_object(self) -> bool {
        matches!(self, Self::Open | Self::Closed)
    }
}

impl Parse for Row {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let row = Self::without_end(input)?;
        input.parse::<Token![;]>()?;
        Ok(row)
    }
}

impl Row {
    /// A row up to its `;`.
    pub(super) fn without_end(input: ParseStream<'_>) -> syn::Result<Self> {
        let span = input.span();
        let mut path = vec![segment(input)?];
        while input.peek(Token![.]) {
            input.parse::<Token![.]>()?;
            path.push(segment(input)?);
        }
        input.parse::<Token![:]>()?;
        let (required, nullable, kind) = kind(input)?;
        input.parse::<Token![as]>()?;
        let ty = rust_type(input)?;
        let mut row = Self {
            span,
            path,
            required,
            nullable,
            kind,
            type_text: type_text(ty.clone()),
            ty,
            roles: Vec::new(),
            inner: Vec::new(),
            only: Vec::new(),
            denied: false,
            constant: None,
            at: None,
        };
        while input.peek(Token![,]) {
            input.parse::<Token![,]>()?;
            row.fact(input)?;
        }
        Ok(row)
    }

    fn fact(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        let word = input.call(Ident::parse_any)?;
        let is_new = match word.to_string().as_str() {
            "items" => {
                let content;
                syn::parenthesized!(content in input);
                self.add_inner(Holder::Items, &content)?
            }
            "members" => {
                let content;
                syn::parenthesized!(content in input);
                let mut pattern = None;
                if content.peek(LitStr) {
                    pattern = Some(content.parse::<LitStr>()?.value());
                    content.parse::<Token![,]>()?;
                }
                self.add_inner(Holder::Members(pattern), &content)?
            }
            "only" => add(&mut self.only, only_argument(input)?),
            "denied" => !std::mem::replace(&mut self.denied, true),
            "const" => self.constant.replace(input.parse()?).is_none(),
            "at" => self.at.replace(input.parse()?).is_none(),
            other => match Role::after(&word, input)? {
                Some(role) => add(&mut self.roles, role),
                None => {
                    let known: Vec<&str> = ROLES.into_iter().chain(FACTS).collect();
                    return Err(unknown(word.span(), "fact", other, &known));
                }
            },
        };
        if is_new {
            Ok(())
        } else {
            Err(syn::Error::new(word.span(), "this fact is given twice"))
        }
    }

    fn add_inner(&mut self, of: Holder, content: ParseStream<'_>) -> syn::Result<bool> {
        let mut roles = vec![content.parse()?];
        while !content.is_empty() {
            content.parse::<Token![,]>()?;
            roles.push(content.parse()?);
        }
        Ok(add(&mut self.inner, Inner { of, roles }))
    }

    /// Adds the facts of the same member at another place of the same type.
    pub(crate) fn merge(&mut self, other: &Self) {
        for role in &other.roles {
            add(&mut self.roles, *role);
        }
        for inner in &other.inner {
            add(&mut self.inner, inner.clone());
        }
        for credential in &other.only {
            add(&mut self.only, *credential);
        }
        self.denied |= other.denied;
    }

    /// Its roles, and those of the values in it.
    pub(crate) fn all_roles(&self) -> Vec<Role> {
        let mut all = self.roles.clone();
        for role in self.inner.iter().flat_map(|inner| &inner.roles) {
            add(&mut all, *role);
        }
        all
    }

    /// The first role for which a change needs a privileged session.
    pub(crate) fn privileged_role(&self) -> Option<Role> {
        self.all_roles()
            .into_iter()
            .find(|role| role.is_privileged())
    }

    /// Whether it is an identifier that may be null: Kratos would turn null into the identifier `%!s(<nil>)`.
    pub(crate) fn is_nullable_identifier(&self) -> bool {
        self.nullable && self.roles.iter().any(|role| role.is_identifier())
    }

    /// The path as users write it.
    pub(crate) fn written_path(&self) -> String {
        written(&self.path)
    }

    /// The name of its constant.
    pub(crate) fn constant(&self) -> Option<String> {
        match &self.constant {
            Some(name) => Some(name.to_string()),
            None => default_constant(&self.path),
        }
    }

    /// The row in its own grammar, without its end and without the place of its declaration.
    pub(super) fn text(&self) -> String {
        let mut text = key(&self.path);
        text.push(':');
        for (flag, is_set) in FLAGS.into_iter().zip([self.required, self.nullable]) {
            if is_set {
                text.push(' ');
                text.push_str(flag);
            }
        }
        text.push_str(&format!(" {} as {}", self.kind.word(), self.type_text));
        for role in &self.roles {
            text.push_str(&format!(", {}", role.text()));
        }
        for Inner { of, roles } in &self.inner {
            let (word, pattern) = match of {
                Holder::Items => ("items", None),
                Holder::Members(pattern) => ("members", pattern.as_ref()),
            };
            let pattern = pattern.map(|pattern| format!("{pattern:?}"));
            let parts = pattern
                .into_iter()
                .chain(roles.iter().map(|role| role.text()));
            let parts: Vec<String> = parts.collect();
            text.push_str(&format!(", {word}({})", parts.join(", ")));
        }
        for credential in &self.only {
            text.push_str(&format!(", only({})", credential.word()));
        }
        if self.denied {
            text.push_str(", denied");
        }
        if let Some(name) = &self.constant {
            text.push_str(&format!(", const {name}"));
        }
        text
    }
}

/// The start of a row in the text of a companion macro: every name is quoted, so that no row contains a line break.
pub(super) fn key(path: &[String]) -> String {
    let quoted = path.iter().map(|name| format!("{name:?}"));
    quoted.collect::<Vec<_>>().join(".")
}

/// Adds an element if it is new; returns whether it was.
fn add<T: PartialEq>(all: &mut Vec<T>, one: T) -> bool {
    let is_new = !all.contains(&one);
    if is_new {
        all.push(one);
    }
    is_new
}

/// The names of a path in capitals, if all of them are plain identifiers.
fn default_constant(path: &[String]) -> Option<String> {
    let is_plain = |name: &String| {
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && name
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    path.iter()
        .all(is_plain)
        .then(|| path.join("_").to_ascii_uppercase())
}

fn segment(input: ParseStream<'_>) -> syn::Result<String> {
    if input.peek(LitStr) {
        return Ok(input.parse::<LitStr>()?.value());
    }
    Ok(input.call(Ident::parse_any)?.unraw().to_string())
}

/// `[required] [nullable] kind`.
fn kind(input: ParseStream<'_>) -> syn::Result<(bool, bool, Kind)> {
    let (mut required, mut nullable) = (false, false);
    loop {
        let word = input.call(Ident::parse_any)?;
        let text = word.to_string();
        if let Some((_, kind)) = KINDS.iter().find(|(name, _)| *name == text) {
            return Ok((required, nullable, *kind));
        }
        match text.as_str() {
            "required" if !required && !nullable => required = true,
            "nullable" if !nullable => nullable = true,
            other => {
                let known: Vec<&str> = FLAGS
                    .into_iter()
                    .chain(KINDS.map(|(name, _)| name))
                    .collect();
                return Err(unknown(word.span(), "kind of trait", other, &known));
            }
        }
    }
}

/// The tokens of a type, up to a `,` or `@` outside of `<…>`, or a `;`.
fn rust_type(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let mut ty = TokenStream::new();
    let mut depth = 0_usize;
    while !input.is_empty() && !input.peek(Token![;]) {
        if depth == 0 && (input.peek(Token![,]) || input.peek(Token![@])) {
            break;
        }
        let token: TokenTree = input.parse()?;
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == '<' => depth += 1,
            TokenTree::Punct(punct) if punct.as_char() == '>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        ty.extend([token]);
    }
    if ty.is_empty() {
        return Err(input.error("expected a type"));
    }
    Ok(ty)
}

/// A type in a canonical spelling: spaces only between words and after commas.
pub(crate) fn type_text(ty: TokenStream) -> String {
    let mut text = String::new();
    for token in ty {
        let word = token.to_string();
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        if text.ends_with(is_word) && word.starts_with(is_word) || text.ends_with(',') {
            text.push(' ');
        }
        text.push_str(&word);
    }
    text
}
