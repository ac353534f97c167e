//! One line of a requirements file: a package, an option of pip, another file, or a place.
//!
//! It resolves nothing and knows only as much of PEP 508 as it takes to find what a line is about; the text of a line
//! stays as it was written.

use std::sync::OnceLock;

use regex::Regex;

use super::BadRequirement;
use super::marker::is_marker;
use super::version::Specifier;

/// A line, comments and continuations taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::package) struct Line {
    pub(in crate::package) text: String,
    pub(in crate::package) kind: Kind,
}

/// What a line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::package) enum Kind {
    /// A package by name.
    Package(Package),
    /// Another file of requirements.
    Include(String),
    /// A file of constraints.
    Constraint(String),
    /// An option of pip, such as an index.
    Option,
    /// A file, folder or URL without a name.
    Place,
}

/// A package as PEP 508 names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::package) struct Package {
    /// As PEP 503 compares names.
    pub(in crate::package) name: String,
    /// As it was written.
    pub(super) spelling: String,
    pub(super) extras: Vec<String>,
    pub(super) specifiers: Vec<Specifier>,
    pub(super) marker: Option<String>,
    /// A URL it comes from.
    pub(super) url: Option<String>,
    /// Hashes and other options behind it.
    pub(super) options: String,
}

/// The options of pip that may stand in a file, besides those that name files
/// (`pip/_internal/req/req_file.py`, `SUPPORTED_OPTIONS`, pip 25).
const OPTIONS: [&str; 13] = [
    "-i",
    "--index-url",
    "--extra-index-url",
    "--no-index",
    "-f",
    "--find-links",
    "--no-binary",
    "--only-binary",
    "--prefer-binary",
    "--require-hashes",
    "--pre",
    "--trusted-host",
    "--use-feature",
];

pub(super) fn pattern(
    cell: &'static OnceLock<Option<Regex>>,
    text: &str,
) -> Option<&'static Regex> {
    cell.get_or_init(|| Regex::new(text).ok()).as_ref()
}

impl Line {
    /// Reads a line that is neither empty nor a comment.
    pub(in crate::package) fn parse(text: &str) -> Result<Self, BadRequirement> {
        let text = text.trim();
        if let Some(masked) = mask_credentials(text) {
            return Err(BadRequirement::Credentials { line: masked });
        }
        let kind = if text.starts_with('-') {
            option(text)
        } else if is_place(text) {
            Some(Kind::Place)
        } else {
            Package::parse(text).map(Kind::Package)
        };
        Ok(Self {
            text: text.to_owned(),
            kind: kind.ok_or_else(|| BadRequirement::NotOne {
                line: text.to_owned(),
            })?,
        })
    }
}

impl Line {
    /// The name of the package that it is about.
    pub(in crate::package) fn name(&self) -> Option<&str> {
        match &self.kind {
            Kind::Package(package) => Some(&package.name),
            _ => None,
        }
    }
}

/// The kind of a line that begins with a dash, where there is such an option.
fn option(text: &str) -> Option<Kind> {
    let (name, value) = text
        .split_once(|it: char| it == '=' || it.is_whitespace())
        .unwrap_or((text, ""));
    let value = value.trim().to_owned();
    match name {
        "-r" | "--requirement" if !value.is_empty() => Some(Kind::Include(value)),
        "-c" | "--constraint" if !value.is_empty() => Some(Kind::Constraint(value)),
        "-e" | "--editable" if !value.is_empty() => Some(Kind::Place),
        name => OPTIONS.contains(&name).then_some(Kind::Option),
    }
}

fn is_place(text: &str) -> bool {
    let first = text.split([' ', ';']).next().unwrap_or_default();
    let archives = [".whl", ".tar.gz", ".tar.bz2", ".zip"];
    first.starts_with(['.', '/', '~'])
        || (first.contains("://") && !text.contains(" @ "))
        || (!text.contains('@') && archives.iter().any(|end| first.ends_with(end)))
}

/// The line with its credentials masked, where it has some that are not the names of variables, which pip fills in.
pub(in crate::package) fn mask_credentials(text: &str) -> Option<String> {
    static USER: OnceLock<Option<Regex>> = OnceLock::new();
    static TOKEN: OnceLock<Option<Regex>> = OnceLock::new();
    let user = pattern(&USER, r"([A-Za-z][A-Za-z0-9+.-]*)://([^/@\s]+)@")?;
    // Anaconda's token channels.
    let token = pattern(&TOKEN, r"://([^\s]*)/t/([^/\s$]+)/")?;
    let is_secret = |scheme: &str, user: &str| {
        let is_variable = user
            .split(':')
            .all(|part| part.starts_with("${") && part.ends_with('}'));
        let is_login_name = scheme.ends_with("ssh") && !user.contains(':');
        !is_variable && !is_login_name
    };
    let part = |found: &regex::Captures<'_>, at: usize| {
        found.get(at).map_or("", |it| it.as_str()).to_owned()
    };
    let mut has_secret = false;
    let masked = user.replace_all(text, |found: &regex::Captures<'_>| {
        let (scheme, user) = (part(found, 1), part(found, 2));
        let secret = is_secret(&scheme, &user);
        has_secret |= secret;
        let shown = if secret { "***" } else { &user };
        format!("{scheme}://{shown}@")
    });
    let masked = token.replace_all(&masked, |found: &regex::Captures<'_>| {
        has_secret = true;
        format!("://{}/t/***/", part(found, 1))
    });
    has_secret.then(|| masked.into_owned())
}

impl Package {
    /// `name[extra] >=1,<2 ; marker --hash=…` or `name @ URL ; marker`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        static PARTS: OnceLock<Option<Regex>> = OnceLock::new();
        let parts = pattern(
            &PARTS,
            r"(?x)^(?P<name>[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*
              (?:\[(?P<extras>[^\]]*)\])?\s*
              (?:@\s*(?P<url>\S+)|\((?P<inner>[^;()@]*)\)|(?P<versions>[<>=!~][^;()@]*?)?)\s*
              (?:;\s*(?P<marker>.+?))?
              (?P<options>(?:\s+--?[a-z-]+(?:=\S+|\s+\S+)?)*)$",
        )?;
        let found = parts.captures(text)?;
        let part = |name: &str| found.name(name).map(|it| it.as_str().trim());
        let spelling = part("name")?;
        let extras = part("extras").filter(|list| !list.is_empty());
        let extras = extras.into_iter().flat_map(|list| list.split(','));
        let extras: Vec<_> = extras.map(|extra| extra.trim().to_owned()).collect();
        if !extras.iter().all(|extra| is_name(extra)) {
            return None;
        }
        let versions = part("inner").or(part("versions")).unwrap_or_default();
        // One comma may be left over at the end.
        let versions = versions.strip_suffix(',').unwrap_or(versions);
        let versions = Some(versions).filter(|it| !it.is_empty());
        let versions = versions.into_iter().flat_map(|list| list.split(','));
        let marker = part("marker").map(str::to_owned);
        if marker.as_deref().is_some_and(|marker| !is_marker(marker)) {
            return None;
        }
        Some(Self {
            name: normalised(spelling),
            spelling: spelling.to_owned(),
            extras,
            specifiers: versions
                .map(|version| Specifier::parse(version.trim()))
                .collect::<Option<_>>()?,
            marker,
            url: part("url").map(str::to_owned),
            options: part("options").unwrap_or_default().to_owned(),
        })
    }

    /// The line again, in the form in which Python's `packaging` writes it.
    pub(super) fn to_line(&self) -> String {
        let mut line = self.spelling.clone();
        if !self.extras.is_empty() {
            line = format!("{line}[{}]", self.extras.join(","));
        }
        if let Some(url) = &self.url {
            line = format!("{line} @ {url}");
        }
        let mut specifiers: Vec<_> = self.specifiers.iter().map(ToString::to_string).collect();
        specifiers.sort_unstable();
        specifiers.dedup();
        line.push_str(&specifiers.join(","));
        if let Some(marker) = &self.marker {
            let space = if self.url.is_some() { " " } else { "" };
            line = format!("{line}{space}; {marker}");
        }
        if !self.options.is_empty() {
            line = format!("{line} {}", self.options);
        }
        line
    }
}

/// Whether a text may name an extra.
fn is_name(text: &str) -> bool {
    let has_ends = text.starts_with(|it: char| it.is_ascii_alphanumeric())
        && text.ends_with(|it: char| it.is_ascii_alphanumeric());
    has_ends
        && text
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || "._-".contains(it))
}

/// The name as PEP 503 compares it: lower case, and one hyphen for each run of separators.
pub(super) fn normalised(name: &str) -> String {
    let words = name.split(['-', '_', '.']).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(text: &str) -> Package {
        match Line::parse(text).map(|line| line.kind) {
            Ok(Kind::Package(package)) => package,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn packages_are_read_in_all_their_forms() {
        for (text, name, again) in [
            ("numpy", "numpy", "numpy"),
            ("Foo.Bar__baz", "foo-bar-baz", "Foo.Bar__baz"),
            ("numpy >= 1.0 , <2", "numpy", "numpy<2,>=1.0"),
            ("numpy (>=1,<2)", "numpy", "numpy<2,>=1"),
            ("a[x, y]==1.*", "a", "a[x,y]==1.*"),
            (
                "a~=1.4;python_version<'3.9'",
                "a",
                "a~=1.4; python_version<'3.9'",
            ),
            (
                "torch==2.7.1+cu128 ; sys_platform == 'linux' and extra in 'x'",
                "torch",
                "torch==2.7.1+cu128; sys_platform == 'linux' and extra in 'x'",
            ),
            (
                "a @ https://h/a.whl ; os_name=='nt'",
                "a",
                "a @ https://h/a.whl ; os_name=='nt'",
            ),
            (
                "a@ git+https://h/r.git@main",
                "a",
                "a @ git+https://h/r.git@main",
            ),
            (
                "a==1 --hash=sha256:00 --hash=sha256:11",
                "a",
                "a==1 --hash=sha256:00 --hash=sha256:11",
            ),
            ("a===1.0-weird", "a", "a===1.0-weird"),
            ("a --hash=sha256:00", "a", "a --hash=sha256:00"),
        ] {
            let package = package(text);
            assert_eq!(package.name, name, "{text}");
            assert_eq!(package.to_line(), again, "{text}");
        }
    }

    #[test]
    fn other_lines_are_told_apart() {
        let kind = |text: &str| Line::parse(text).unwrap().kind;
        assert_eq!(kind("-r more.txt"), Kind::Include("more.txt".into()));
        assert_eq!(kind("--constraint=c.txt"), Kind::Constraint("c.txt".into()));
        for text in [
            "--index-url https://pypi.example/simple",
            "--extra-index-url=https://${USER}:${TOKEN}@h/simple",
            "--pre",
        ] {
            assert_eq!(kind(text), Kind::Option, "{text}");
        }
        for text in [
            "-e .",
            "./wheels/a-1-py3-none-any.whl",
            "https://h/a.zip",
            "git+ssh://git@h/r.git",
            "a-1.tar.gz",
        ] {
            assert_eq!(kind(text), Kind::Place, "{text}");
        }
        for text in [
            "-x",
            "--nope",
            "-r",
            "a b",
            "a=1",
            "a; nonsense",
            "a>",
            "=1",
            "[x]",
            "a; python_version << '3'",
            "a>=1,,<2",
            "a (>=1",
            "a>=1)",
            "a[x,]",
            "a[x y]",
        ] {
            let error = Line::parse(text).unwrap_err();
            assert!(
                matches!(error, BadRequirement::NotOne { .. }),
                "{text}: {error}"
            );
        }
    }

    #[test]
    fn credentials_are_refused_and_not_repeated() {
        for (text, shown) in [
            ("-i https://u:hunter2@h/simple", "-i https://***@h/simple"),
            (
                "a @ git+https://hunter2@h/r.git",
                "a @ git+https://***@h/r.git",
            ),
            ("-f https://h/t/hunter2/c", "-f https://h/t/***/c"),
            ("-e git+ssh://u:hunter2@h/r", "-e git+ssh://***@h/r"),
        ] {
            let error = Line::parse(text).unwrap_err().to_string();
            assert_eq!(error, format!("`{shown}` holds credentials"));
        }
    }
}
