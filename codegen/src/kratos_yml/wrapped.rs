//! Recognizes files that contain a Kratos configuration and are not one: Helm values, and ConfigMaps of Kubernetes.

use saphyr::MarkedYaml;
use saphyr_parser::Marker;

/// The place of the configuration inside of another file, and the message with the command that extracts it. The commands are for
/// <https://github.com/mikefarah/yq>.
pub(super) fn find(documents: &[MarkedYaml<'_>], shown: &str) -> Option<(Marker, String)> {
    let maps = documents.iter();
    let map = maps
        .filter_map(|document| config_map(document, shown))
        .next();
    map.or_else(|| {
        let mut path = Vec::new();
        let root = documents.first()?;
        helm_values(root, &mut path, shown)
    })
}

/// A mapping below the root that has `identity.schemas`.
fn helm_values<'y>(
    node: &'y MarkedYaml<'_>,
    path: &mut Vec<&'y str>,
    shown: &str,
) -> Option<(Marker, String)> {
    for (key, value) in node.data.as_mapping()? {
        let Some(name) = key.data.as_str() else {
            continue;
        };
        path.push(name);
        let identity = value.data.as_mapping_get("identity");
        let schemas = identity.and_then(|identity| identity.data.as_mapping_get("schemas"));
        if schemas.is_some() {
            let mut commands = vec![format!("yq '{}' {shown} > kratos.yml", written(path))];
            // The chart of Ory has the schemas beside the configuration.
            let texts = node.data.as_mapping_get("identitySchemas");
            let texts = texts.and_then(|texts| texts.data.as_mapping());
            path.pop();
            for file in texts
                .into_iter()
                .flatten()
                .filter_map(|(key, _)| key.data.as_str())
            {
                let path = [&**path, &["identitySchemas", file]].concat();
                commands.push(format!("yq '{}' {shown} > {file}", written(&path)));
            }
            let message = format!(
                "this is the value of `{}` in another file, such as the values of a Helm chart, and not a Kratos configuration; extract the files: `{}`",
                [&**path, &[name]].concat().join("."),
                commands.join(" && ")
            );
            return Some((key.span.start, message));
        }
        if let Some(found) = helm_values(value, path, shown) {
            return Some(found);
        }
        path.pop();
    }
    None
}

/// A ConfigMap or Secret that has a Kratos configuration as one of its texts.
fn config_map(document: &MarkedYaml<'_>, shown: &str) -> Option<(Marker, String)> {
    let kind = document.data.as_mapping_get("kind")?.data.as_str()?;
    let (data, decode) = match kind {
        "ConfigMap" => ("data", ""),
        "Secret" => match document.data.as_mapping_get("stringData") {
            Some(_) => ("stringData", ""),
            None => ("data", " | @base64d"),
        },
        _ => return None,
    };
    let texts = document.data.as_mapping_get(data)?.data.as_mapping()?;
    let files = texts
        .iter()
        .filter_map(|(key, text)| Some((key.data.as_str()?, text.data.as_str()?)));
    let files: Vec<(&str, &str)> = files.collect();
    let is_kratos = |(name, text): &(&str, &str)| {
        text.contains("schemas") && text.contains("identity")
            || name.starts_with("kratos.") && kind == "Secret"
    };
    if !files.iter().any(is_kratos) {
        return None;
    }
    let commands = files.iter().map(|(file, _)| {
        format!(
            "yq 'select(.kind == {kind:?}) | {}{decode}' {shown} > {file}",
            written(&[data, file])
        )
    });
    let message = format!(
        "this is a {kind} of Kubernetes, and not a Kratos configuration; extract its files: `{}`",
        commands.collect::<Vec<_>>().join(" && ")
    );
    Some((document.span.start, message))
}

/// The path in the language of `yq`.
fn written(path: &[&str]) -> String {
    let is_plain = |name: &str| {
        name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
    };
    let parts = path.iter().enumerate().map(|(index, name)| {
        let dot = if index == 0 { "." } else { "" };
        if is_plain(name) {
            format!(".{name}")
        } else {
            format!("{dot}[{name:?}]")
        }
    });
    parts.collect()
}
