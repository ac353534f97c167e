//! What pip is to install: lines of requirements and constraints, put together as MLflow does it.
//!
//! It asks no index and installs nothing (`mlflow/utils/environment.py`, `_process_pip_requirements`;
//! `mlflow/utils/requirements_utils.py`, `_parse_requirements`, 3.17.2).

mod line;
mod marker;
mod version;

use std::path::{Path, PathBuf};

use super::{Error, contents};

pub(super) use line::{Kind, Line, mask_credentials};

/// What is wrong with a requirement.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BadRequirement {
    /// A line that pip would not take.
    #[error("`{line}` is not a requirement")]
    NotOne {
        /// The line.
        line: String,
    },
    /// A line with a password or a token, which everybody who may read the model would read.
    #[error("`{line}` holds credentials")]
    Credentials {
        /// The line, masked.
        line: String,
    },
    /// Two lines of which only one can be fulfilled.
    #[error("`{one}` and `{other}` exclude each other")]
    Conflict {
        /// The one.
        one: String,
        /// The other.
        other: String,
    },
    /// A file that includes itself.
    #[error("`{path}` includes itself")]
    Cycle {
        /// The file.
        path: PathBuf,
    },
}

/// Requirements and constraints, each in the order in which they were given.
#[derive(Debug, Clone, Default)]
pub(super) struct Requirements {
    pub(super) lines: Vec<Line>,
    pub(super) constraints: Vec<Line>,
}

impl Requirements {
    /// Reads a file, and what it includes.
    pub(super) fn read(&mut self, path: &Path, is_constraint: bool) -> Result<(), Error> {
        self.read_below(path, is_constraint, &mut Vec::new())
    }

    fn read_below(
        &mut self,
        path: &Path,
        is_constraint: bool,
        above: &mut Vec<PathBuf>,
    ) -> Result<(), Error> {
        let unreadable = |source| Error::Read {
            path: path.into(),
            source,
        };
        let real = fs_err::canonicalize(path).map_err(unreadable)?;
        if above.contains(&real) {
            let source = BadRequirement::Cycle { path: path.into() };
            return Err(bad(path, source));
        }
        above.push(real);
        let text = contents::read_text(path).map_err(unreadable)?;
        let folder = path.parent().unwrap_or(Path::new(""));
        for line in logical_lines(&text) {
            let line = Line::parse(&line).map_err(|source| bad(path, source))?;
            self.take(line, is_constraint, folder, above)?;
        }
        above.pop();
        Ok(())
    }

    /// Takes a line that stands in no file; files that it names lie in `folder`.
    pub(super) fn add(&mut self, text: &str, folder: &Path) -> Result<(), Error> {
        for line in logical_lines(text) {
            let line = Line::parse(&line).map_err(|source| Error::BadRequirement { source })?;
            self.take(line, false, folder, &mut Vec::new())?;
        }
        Ok(())
    }

    fn take(
        &mut self,
        line: Line,
        is_constraint: bool,
        folder: &Path,
        above: &mut Vec<PathBuf>,
    ) -> Result<(), Error> {
        match &line.kind {
            Kind::Include(file) => self.read_below(&folder.join(file), is_constraint, above)?,
            Kind::Constraint(file) => self.read_below(&folder.join(file), true, above)?,
            _ if is_constraint => self.constraints.push(line),
            _ => self.lines.push(line),
        }
        Ok(())
    }

    /// Whether MLflow itself is among them (`_is_mlflow_requirement`).
    pub(super) fn has_mlflow(&self) -> bool {
        self.lines.iter().any(|line| match &line.kind {
            Kind::Package(package) => {
                matches!(
                    package.name.as_str(),
                    "mlflow" | "mlflow-skinny" | "mlflow-tracing"
                )
            }
            Kind::Place => line.text.contains("/mlflow"),
            _ => false,
        })
    }

    /// Puts lines for one package together, and refuses such as exclude each other.
    pub(super) fn settle(&mut self) -> Result<(), BadRequirement> {
        let mut settled: Vec<Line> = Vec::with_capacity(self.lines.len());
        for line in std::mem::take(&mut self.lines) {
            if settled.contains(&line) {
                continue;
            }
            match settled.iter_mut().find(|other| is_twin(other, &line)) {
                Some(twin) => *twin = together(twin, &line)?,
                None => settled.push(line),
            }
        }
        for constraint in &self.constraints {
            for line in settled.iter().filter(|line| is_twin(line, constraint)) {
                together(line, constraint)?;
            }
        }
        self.lines = settled;
        Ok(())
    }

    /// Lines that mean something on this machine only.
    pub(super) fn local(&self) -> impl Iterator<Item = &str> {
        let lines = self.lines.iter().filter(|line| line.kind == Kind::Place);
        let lines = lines.map(|line| line.text.as_str());
        lines.filter(|text| !text.contains("://") || text.contains("file://"))
    }

    /// The texts of the lines.
    pub(super) fn texts(lines: &[Line]) -> Vec<String> {
        lines.iter().map(|line| line.text.clone()).collect()
    }
}

fn bad(file: &Path, source: BadRequirement) -> Error {
    Error::BadRequirements {
        file: file.into(),
        source,
    }
}

/// Whether both are about one package under the same circumstances.
fn is_twin(one: &Line, other: &Line) -> bool {
    match (&one.kind, &other.kind) {
        (Kind::Package(one), Kind::Package(other)) => {
            one.name == other.name && one.marker == other.marker
        }
        _ => false,
    }
}

/// One line for two, as `_deduplicate_requirements` has it.
fn together(one: &Line, other: &Line) -> Result<Line, BadRequirement> {
    let (Kind::Package(first), Kind::Package(second)) = (&one.kind, &other.kind) else {
        return Ok(one.clone());
    };
    let has_two_places = first.url.is_some() && second.url.is_some() && first.url != second.url;
    if has_two_places || version::exclude_each_other(&first.specifiers, &second.specifiers) {
        return Err(BadRequirement::Conflict {
            one: one.text.clone(),
            other: other.text.clone(),
        });
    }
    if one.text == other.text {
        return Ok(one.clone());
    }
    let mut package = first.clone();
    package.extras.extend(second.extras.iter().cloned());
    package.extras.sort_unstable();
    package.extras.dedup();
    for specifier in &second.specifiers {
        if !package.specifiers.contains(specifier) {
            package.specifiers.push(specifier.clone());
        }
    }
    package.url = package.url.or_else(|| second.url.clone());
    let options = [first.options.as_str(), second.options.as_str()].join(" ");
    package.options = options.trim().into();
    Ok(Line {
        text: package.to_line(),
        kind: Kind::Package(package),
    })
}

/// The lines that say something: comments go, and what a backslash continues is one line.
pub(super) fn logical_lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut begun = String::new();
    for line in text.lines().map(str::trim) {
        let line = line
            .split_once(" #")
            .map_or(line, |(line, _)| line.trim_end());
        if begun.is_empty() && (line.is_empty() || line.starts_with('#')) {
            continue;
        }
        match line.strip_suffix('\\') {
            Some(beginning) => begun.push_str(beginning),
            None => lines.push(std::mem::take(&mut begun) + line),
        }
    }
    lines.push(begun);
    lines.retain(|line| !line.trim().is_empty());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(lines: &[&str]) -> Result<Vec<String>, BadRequirement> {
        let mut requirements = Requirements::default();
        for line in lines {
            requirements.add(line, Path::new("")).unwrap();
        }
        requirements.settle()?;
        Ok(Requirements::texts(&requirements.lines))
    }

    #[test]
    fn lines_for_one_package_become_one() {
        assert_eq!(
            settled(&[
                "a",
                "A==1.0",
                "b[x]>1",
                "b[y]<3",
                "a; os_name=='nt'",
                "--pre",
                "--pre"
            ])
            .unwrap(),
            ["a==1.0", "b[x,y]<3,>1", "a; os_name=='nt'", "--pre"]
        );
        let error = settled(&["a==1", "a>=2"]).unwrap_err();
        assert_eq!(error.to_string(), "`a==1` and `a>=2` exclude each other");
    }

    #[test]
    fn files_include_files_and_never_themselves() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs_err::create_dir(path("deep")).unwrap();
        let first = "# all\n-r deep/more.txt\n--index-url https://h/simple # mirror\na==1 \\\n  --hash=sha256:00\n\n-c c.txt";
        fs_err::write(path("first.txt"), first).unwrap();
        fs_err::write(path("deep/more.txt"), "b; python_version < '3.12'\n").unwrap();
        fs_err::write(path("c.txt"), "numpy<3\n").unwrap();
        let mut read = Requirements::default();
        read.read(&path("first.txt"), false).unwrap();
        assert_eq!(
            Requirements::texts(&read.lines),
            [
                "b; python_version < '3.12'",
                "--index-url https://h/simple",
                "a==1 --hash=sha256:00"
            ]
        );
        assert_eq!(Requirements::texts(&read.constraints), ["numpy<3"]);
        fs_err::write(path("deep/more.txt"), "-r ../first.txt").unwrap();
        let error = Requirements::default().read(&path("first.txt"), false);
        let Err(Error::BadRequirements { source, .. }) = error else {
            panic!("{error:?}");
        };
        assert!(matches!(source, BadRequirement::Cycle { .. }), "{source}");
    }
}
