//! A row of the table: one trait.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{LitInt, LitStr, Token};

use super::fact::{Credential, Fact, Role, word_of};
use super::{flag, keyword, word, written};
use crate::messages::visible;

/// A line and a column, both from 1; columns are counted in characters.
pub(crate) type Place = (u32, u32);

/// One trait.
#[derive(Clone)]
pub(crate) struct Row {
    /// The span of its path.
    pub(crate) span: Span,
    pub(crate) path: Vec<String>,
    /// Whether the object that holds it requires it.
    pub(crate) required: bool,
    pub(super) nullable: bool,
    pub(crate) kind: Kind,
    /// The type of a present value.
    pub(crate) ty: TokenStream,
    /// The type as text, for messages and to compare types.
    pub(crate) type_text: String,
    /// Each with its text.
    facts: Vec<(String, Fact)>,
    /// The name of its constant, if it is not the default.
    pub(crate) constant: Option<Ident>,
    /// The JSON pointer of its declaration, if it does not follow from the path.
    pub(crate) at: Option<LitStr>,
    /// In a companion macro: the path of an object that holds the object of the table, and its privileged role, for messages.
    pub(crate) within: Option<(String, String)>,
    /// In a companion macro: the place of its declaration.
    pub(crate) place: Option<Place>,
}

/// What the identifier of a trait is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IsIdentifier {
    /// The trait itself.
    Itself,
    /// A value in it.
    Inside,
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

impl Kind {
    pub(crate) fn is_object(self) -> bool {
        matches!(self, Self::Open | Self::Closed)
    }
}

impl Parse for Row {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let span = input.span();
        let mut path = vec![segment(input)?];
        while input.peek(Token![.]) {
            input.parse::<Token![.]>()?;
            path.push(segment(input)?);
        }
        input.parse::<Token![:]>()?;
        let [required, nullable] = [flag(input, FLAGS[0])?, flag(input, FLAGS[1])?];
        let kind = word(input, "kind of trait", &KINDS, &FLAGS)?;
        input.parse::<Token![as]>()?;
        let ty = part(input)?;
        if ty.is_empty() {
            return Err(input.error("expected a type"));
        }
        let mut row = Self {
            span,
            path,
            required,
            nullable,
            kind,
            type_text: canonical(ty.clone()),
            ty,
            facts: Vec::new(),
            constant: None,
            at: None,
            within: None,
            place: None,
        };
        while input.peek(Token![,]) {
            input.parse::<Token![,]>()?;
            let start = input.span();
            let tokens = part(input)?;
            let text = canonical(tokens.clone());
            let is_new = match syn::parse2(tokens)? {
                Fact::Constant(name) => row.constant.replace(name).is_none(),
                Fact::At(pointer) => row.at.replace(pointer).is_none(),
                fact => row.add(text.clone(), fact),
            };
            if !is_new {
                let message = format!("duplicate fact `{text}`");
                return Err(syn::Error::new(start, message));
            }
        }
        if input.peek(Token![@]) {
            row.companion(input)?;
        }
        input.parse::<Token![;]>()?;
        Ok(row)
    }
}

impl Row {
    /// `@ 11:9`, and `within "name" "an identifier of …"` if there is such an object.
    fn companion(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        input.parse::<Token![@]>()?;
        let line: LitInt = input.parse()?;
        input.parse::<Token![:]>()?;
        let column: LitInt = input.parse()?;
        self.place = Some((line.base10_parse()?, column.base10_parse()?));
        if !input.peek(Token![;]) {
            keyword(input, "within")?;
            let [holder, role] = [input.parse::<LitStr>()?, input.parse()?];
            self.within = Some((holder.value(), role.value()));
        }
        Ok(())
    }

    /// Adds a fact if it is new; returns whether it was.
    fn add(&mut self, text: String, fact: Fact) -> bool {
        let is_new = self.facts.iter().all(|(other, _)| *other != text);
        if is_new {
            self.facts.push((text, fact));
        }
        is_new
    }

    /// Adds the facts of the same member at another place of the same type.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (text, fact) in &other.facts {
            self.add(text.clone(), fact.clone());
        }
    }

    pub(crate) fn deny(&mut self) {
        self.add("denied".to_owned(), Fact::Denied);
    }

    /// Whether the settings of the generator deny it to updaters.
    pub(crate) fn is_denied(&self) -> bool {
        let mut facts = self.facts.iter();
        facts.any(|(_, fact)| matches!(fact, Fact::Denied))
    }

    /// The first credential for which only this trait, or one in it, identifies a person.
    pub(crate) fn only(&self) -> Option<Credential> {
        self.facts.iter().find_map(|(_, fact)| match fact {
            Fact::Only(credential) => Some(*credential),
            _ => None,
        })
    }

    /// Its roles, and those of the values in it.
    pub(crate) fn roles(&self) -> impl Iterator<Item = Role> {
        let facts = self.facts.iter();
        facts.flat_map(|(_, fact)| match fact {
            Fact::Role(role) => vec![*role],
            Fact::Inner { roles, .. } => roles.clone(),
            Fact::Only(_) | Fact::Denied | Fact::Constant(_) | Fact::At(_) => Vec::new(),
        })
    }

    /// The first role for which a change can require a fresh login.
    pub(crate) fn privileged_role(&self) -> Option<Role> {
        self.roles().find(|role| role.is_privileged())
    }

    /// The first role that makes its own value an identifier.
    pub(crate) fn identifier(&self) -> Option<Role> {
        self.facts.iter().find_map(|(_, fact)| match fact {
            Fact::Role(role) if role.is_identifier() => Some(*role),
            _ => None,
        })
    }

    /// The role of an identifier that may be null: Kratos would turn null into the identifier `%!s(<nil>)`. It is the trait itself, or
    /// a value in it.
    pub(crate) fn nullable_identifier(&self) -> Option<(Role, IsIdentifier)> {
        let own = self.identifier().filter(|_| self.nullable);
        let inside = self.facts.iter().find_map(|(_, fact)| match fact {
            Fact::Inner {
                roles,
                nullable: true,
            } => roles.iter().copied().find(|role| role.is_identifier()),
            _ => None,
        });
        own.map(|role| (role, IsIdentifier::Itself))
            .or(inside.map(|role| (role, IsIdentifier::Inside)))
    }

    /// The path for a message.
    pub(crate) fn shown_path(&self) -> String {
        visible(&written(&self.path))
    }

    /// The name of its constant: that in the row, or the names of its path in capitals if all of them are plain identifiers.
    pub(crate) fn constant(&self) -> Option<String> {
        let is_plain = |name: &String| {
            let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(is_part)
        };
        match &self.constant {
            Some(name) => Some(name.to_string()),
            None if self.path.iter().all(is_plain) => {
                Some(self.path.join("_").to_ascii_uppercase())
            }
            None => None,
        }
    }

    /// The row as the line of a companion macro.
    pub(crate) fn companion_line(&self) -> String {
        let mut text = format!("{}:", key(&self.path));
        for (flag, is_set) in FLAGS.into_iter().zip([self.required, self.nullable]) {
            if is_set {
                text.extend([" ", flag]);
            }
        }
        text.extend([" ", word_of(self.kind, &KINDS), " as ", &self.type_text]);
        for (fact, _) in &self.facts {
            text.extend([", ", fact]);
        }
        if let Some(name) = &self.constant {
            text.push_str(&format!(", const {name}"));
        }
        if let Some((line, column)) = self.place {
            text.push_str(&format!(" @ {line}:{column}"));
        }
        if let Some((holder, role)) = &self.within {
            text.push_str(&format!(" within {holder:?} {role:?}"));
        }
        text + ";"
    }
}

/// The start of a row in the text of a companion macro: every name is quoted, so that no row contains a line break.
pub(super) fn key(path: &[String]) -> String {
    let quoted = path.iter().map(|name| format!("{name:?}"));
    quoted.collect::<Vec<_>>().join(".")
}

fn segment(input: ParseStream<'_>) -> syn::Result<String> {
    if input.peek(LitStr) {
        return Ok(input.parse::<LitStr>()?.value());
    }
    Ok(input.call(Ident::parse_any)?.unraw().to_string())
}

/// The tokens of a type or a fact: up to a `,` or `@` outside of `<…>`, or a `;`.
pub(crate) fn part(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let mut part = TokenStream::new();
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
        part.extend([token]);
    }
    Ok(part)
}

/// Tokens in a canonical spelling: spaces only between words and after commas, and no line break in a string.
pub(crate) fn canonical(tokens: TokenStream) -> String {
    let mut text = String::new();
    for token in tokens {
        let word = match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::None => ("", ""),
                };
                format!("{open}{}{close}", canonical(group.stream()))
            }
            TokenTree::Literal(literal) => match syn::parse_str::<LitStr>(&literal.to_string()) {
                Ok(literal) => format!("{:?}", literal.value()),
                Err(_) => literal.to_string(),
            },
            token => token.to_string(),
        };
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        if text.ends_with(is_word) && word.starts_with(is_word) || text.ends_with(',') {
            text.push(' ');
        }
        text.push_str(&word);
    }
    text
}
