//! Who may import whom: the source, read as text, against the table of the house.
//!
//! It reads no types and resolves no names; a path that begins with `crate::` says where it goes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

use crate::support::CRATE;

/// What each room may import besides itself.
const WALLS: &[(&str, &[&str])] = &[
    ("error", &[]),
    ("digest", &["error"]),
    ("whole", &[]),
    ("lock", &[]),
    ("entity", &["error", "digest"]),
    ("http", &["error"]),
    ("tracking", &["http", "error", "digest", "entity"]),
    ("artifacts", &["http", "error", "digest", "entity"]),
    (
        "transfer",
        &["artifacts", "error", "digest", "lock", "entity"],
    ),
    ("cache", &["error", "digest", "whole", "lock", "entity"]),
    ("package", &["error", "digest", "whole", "entity"]),
    ("infer", &["package", "error", "digest", "whole", "entity"]),
    (
        "command",
        &[
            "infer",
            "package",
            "cache",
            "transfer",
            "artifacts",
            "tracking",
            "http",
            "error",
            "digest",
            "entity",
        ],
    ),
    ("term", &["command", "transfer", "infer", "error"]),
    ("cli", &["command", "term", "error"]),
];

/// A source file: its room, its place, its text without comments, strings and tests.
struct Source {
    room: String,
    path: PathBuf,
    code: String,
}

#[test]
fn rooms_import_only_whom_they_may() {
    let mut broken = Vec::new();
    for source in sources() {
        if source.room == "lib" || source.room == "main" {
            continue;
        }
        let Some((_, allowed)) = WALLS.iter().find(|(room, _)| *room == source.room) else {
            broken.push(format!(
                "{}: the room `{}` is not in the table",
                source.path.display(),
                source.room
            ));
            continue;
        };
        for import in imports(&source.code) {
            if import != source.room && !allowed.contains(&import.as_str()) {
                let (path, room) = (source.path.display(), &source.room);
                broken.push(format!("{path}: `{room}` may not import `{import}`"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn only_the_terminal_prints() {
    let printing = ["println!", "print!", "stdout()", "stderr()"];
    holds_nowhere_but(&printing, |source| source.room == "term");
}

#[test]
fn only_one_file_reads_the_environment() {
    let reading = ["env::var", "env::vars", "env::args"];
    holds_nowhere_but(&reading, |source| source.path.ends_with("cli/env.rs"));
}

#[test]
fn only_one_file_is_unsafe() {
    let here = |source: &Source| source.path.ends_with("infer/raw.rs");
    holds_nowhere_but(
        &[
            "unsafe {",
            "unsafe fn",
            "unsafe impl",
            "unsafe extern",
            "unsafe_code",
        ],
        here,
    );
}

#[test]
fn main_is_four_lines_and_rooms_say_what_they_are_for() {
    let main = fs_err::read_to_string(Path::new(CRATE).join("src/main.rs")).unwrap();
    let lines = main
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("//"));
    assert!(lines.count() <= 4, "{main}");
    for path in rust_files() {
        let text = fs_err::read_to_string(&path).unwrap();
        assert!(
            text.starts_with("//! "),
            "{} does not say what it is for",
            path.display()
        );
    }
}

#[test]
fn the_reader_of_this_file_reads_rust() {
    let code = r#"
        //! `crate::comment` is none
        use crate::{entity::{id::RunId, uri}, error, http as wire};
        fn f() -> crate::tracking::Page { "crate::string"; '"'; crate::digest::of() }
        #[cfg(test)]
        mod tests { use crate::cli; }
    "#;
    let found: Vec<String> = imports(&bare(code)).into_iter().collect();
    assert_eq!(found, ["digest", "entity", "error", "http", "tracking"]);
}

/// Fails for every file that holds one of these texts and is not excused.
fn holds_nowhere_but(texts: &[&str], excused: impl Fn(&Source) -> bool) {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| !excused(source)) {
        for text in texts.iter().filter(|text| source.code.contains(**text)) {
            found.push(format!("{}: `{text}`", source.path.display()));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Read once for all tests.
fn sources() -> &'static [Source] {
    static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(read_sources);
    &SOURCES
}

fn read_sources() -> Vec<Source> {
    let root = Path::new(CRATE).join("src");
    let read = |path: PathBuf| {
        let code = bare(&fs_err::read_to_string(&path).unwrap());
        let path = path.strip_prefix(&root).unwrap().to_owned();
        let first = path
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_str()
            .unwrap();
        Source {
            room: first.trim_end_matches(".rs").to_owned(),
            path,
            code,
        }
    };
    rust_files().into_iter().map(read).collect()
}

fn rust_files() -> Vec<PathBuf> {
    let mut folders = vec![Path::new(CRATE).join("src")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs_err::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    assert!(!files.is_empty());
    files
}

/// The names right behind `crate::`, also those of a list in braces.
fn imports(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        let Some(list) = after.strip_prefix('{') else {
            found.insert(first_word(after));
            continue;
        };
        let mut depth = 0;
        let mut is_first = true;
        for (at, character) in list.char_indices() {
            match character {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => is_first = true,
                _ if is_first && !character.is_whitespace() => {
                    found.insert(first_word(list.get(at..).unwrap_or_default()));
                    is_first = false;
                }
                _ => {}
            }
        }
    }
    found.retain(|word| word.starts_with(|it: char| it.is_ascii_lowercase()));
    found
}

fn first_word(text: &str) -> String {
    text.chars()
        .take_while(|it| it.is_ascii_alphanumeric() || *it == '_')
        .collect()
}

/// The code alone: no comments, no contents of strings, nothing from `#[cfg(test)] mod` on.
fn bare(text: &str) -> String {
    static PARTS: LazyLock<Regex> = LazyLock::new(|| {
        let comment = r"//[^\n]*|/\*(?s:.*?)\*/";
        let string = r##"r#+"(?s:.*?)"#+|"(?:\\(?s:.)|[^"\\])*""##;
        let character = r"'(?:\\[^']+|[^\\'])'";
        Regex::new(&format!("{comment}|{string}|{character}")).unwrap()
    });
    // Only where they stand in the same file: `mod tests;` is one line of many.
    static TESTS: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"#\[cfg\(test\)\]\s*(pub(\([a-z]+\))? )?mod \w+ \{").unwrap());
    let code = PARTS.replace_all(text, "");
    let end = TESTS.find(&code).map_or(code.len(), |found| found.start());
    code.get(..end).unwrap_or_default().to_owned()
}
