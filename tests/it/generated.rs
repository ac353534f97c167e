//! What is generated and committed equals what the program generates.

use std::path::Path;

use crate::support::{CRATE, Context};

const SHELLS: [(&str, &str); 5] = [
    ("bash", "phi3ml.bash"),
    ("zsh", "_phi3ml"),
    ("fish", "phi3ml.fish"),
    ("powershell", "_phi3ml.ps1"),
    ("elvish", "phi3ml.elv"),
];

#[test]
fn completions_are_fresh() {
    let context = Context::new();
    for (shell, file) in SHELLS {
        let generated = context
            .phi3ml(["completions", shell])
            .run()
            .expect_success()
            .stdout;
        let committed = fs_err::read_to_string(Path::new(CRATE).join("completions").join(file));
        assert!(
            committed.is_ok_and(|committed| committed == generated),
            "completions/{file} is out of date: phi3ml completions {shell} > completions/{file}"
        );
    }
}

#[test]
fn the_readme_names_every_command_and_no_other() {
    let path = Path::new(CRATE).join("README.md");
    let readme = fs_err::read_to_string(path).unwrap();
    let known = commands();
    for command in &known {
        let named = format!("phi3ml {command}");
        assert!(readme.contains(&named), "the README does not say `{named}`");
    }
    let called = regex::Regex::new(r"(?m)(?:^|`|\$ )phi3ml ([a-z][a-z-]*)").unwrap();
    for found in called.captures_iter(&readme) {
        let word = &found[1];
        let is_known = known.iter().any(|command| command == word);
        assert!(
            is_known,
            "the README says `phi3ml {word}`, which is no command"
        );
    }
}

#[test]
fn the_reference_in_the_readme_is_fresh() {
    let generated = Context::new()
        .phi3ml(["reference"])
        .run()
        .expect_success()
        .stdout;
    let readme = fs_err::read_to_string(Path::new(CRATE).join("README.md")).unwrap();
    let (_, after) = readme
        .split_once("<!-- reference: written by `cargo run reference` -->\n\n")
        .expect("a reference");
    let (reference, _) = after
        .split_once("<!-- end of reference -->")
        .expect("an end of the reference");
    assert!(
        reference == generated,
        "the reference in the README is out of date: put what `cargo run reference` prints there"
    );
}

/// The commands as `--help` lists them.
fn commands() -> Vec<String> {
    let help = Context::new()
        .phi3ml(["--help"])
        .run()
        .expect_success()
        .stdout;
    let list = help.split("Commands:").nth(1).expect("a list of commands");
    let lines = list
        .lines()
        .skip(1)
        .take_while(|line| line.starts_with("  "));
    lines
        .filter(|line| !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| *command != "help")
        .map(str::to_owned)
        .collect()
}
