//! Puts the ONNX Runtime library into phi3ml's data folder: through the user's own pip, or from a file.
//!
//! pip is asked, and not `PyPI` directly, so that the user's mirrors, proxies and certificates apply. What it
//! brings is checked against the published digest before anything is put into its place.

use std::ffi::OsStr;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Serialize;

use crate::digest::Digest;
use crate::infer::error::Error;
use crate::whole::Beside;

use super::pins::{self, Pin};
use super::{RELEASE, places, version};

/// What to install from, and where to.
#[derive(Debug, Clone)]
pub struct Install {
    /// A wheel or a library; without it, pip fetches the wheel.
    pub from: Option<PathBuf>,
    /// phi3ml's data folder.
    pub data_dir: PathBuf,
    /// The Python whose pip is asked.
    pub python: PathBuf,
    /// Whether the network is forbidden.
    pub offline: bool,
    /// Says what would be done, and does nothing.
    pub dry_run: bool,
}

/// What happens meanwhile; every one of them may take a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// pip fetches the wheel with this command.
    Fetching {
        /// The command, as one would type it.
        command: String,
    },
    /// The library is taken out of this file, checked and written to its place.
    Unpacking {
        /// The file.
        from: PathBuf,
        /// The place.
        to: PathBuf,
    },
}

/// The library in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Installed {
    /// Where it is, or would be.
    pub path: PathBuf,
    /// Its version.
    pub version: super::Version,
    /// Its digest.
    pub sha256: Digest,
    /// Whether it was there already, whole.
    pub was_there: bool,
    /// Whether anything was written.
    pub written: bool,
}

/// Installs the library.
pub fn install(request: &Install, on_event: &mut dyn FnMut(Event)) -> Result<Installed, Error> {
    let pin = pins::here().ok_or_else(|| Error::NoPin {
        version: RELEASE,
        platform: format!("{} on {}", std::env::consts::OS, std::env::consts::ARCH),
    })?;
    let expected = pin.sha256.parse().map_err(|_| Error::NoPin {
        version: RELEASE,
        platform: pin.platform.to_owned(),
    })?;
    let folder = places::installation(&request.data_dir).join(RELEASE.to_string());
    let path = folder.join(pin.file);
    let installed = |was_there, written| Installed {
        path: path.clone(),
        version: RELEASE,
        sha256: expected,
        was_there,
        written,
    };
    if Digest::of_file(&path).is_ok_and(|(digest, _)| digest == expected) {
        return Ok(installed(true, false));
    }
    if request.from.is_none() && request.offline {
        return Err(Error::Offline);
    }
    if request.dry_run {
        on_event(match &request.from {
            Some(from) => Event::Unpacking {
                from: from.clone(),
                to: path.clone(),
            },
            None => Event::Fetching {
                command: shown(&request.python, &arguments(&pin, &folder)),
            },
        });
        return Ok(installed(false, false));
    }
    fs_err::create_dir_all(&folder).map_err(Error::Install)?;
    let mut part = Beside::of(&path).map_err(Error::Install)?;
    let source = bring(request, &pin, &mut part, &path, on_event)?;
    check(part.path(), &source, expected)?;
    part.put().map_err(Error::Install)?;
    Ok(installed(false, true))
}

/// Writes the library to `part`, and says which file it came from.
fn bring(
    request: &Install,
    pin: &Pin,
    part: &mut Beside,
    to: &Path,
    on_event: &mut dyn FnMut(Event),
) -> Result<PathBuf, Error> {
    let unpacking = |from: &Path| Event::Unpacking {
        from: from.to_path_buf(),
        to: to.to_path_buf(),
    };
    let Some(from) = &request.from else {
        let download = to.with_file_name(format!("download-{}", std::process::id()));
        fs_err::create_dir_all(&download).map_err(Error::Install)?;
        let outcome = fetch(&request.python, pin, &download, on_event).and_then(|wheel| {
            on_event(unpacking(&wheel));
            unpack(&wheel, pin.file, part)?;
            Ok(wheel)
        });
        discard(&download);
        return outcome;
    };
    on_event(unpacking(from));
    if version::is_library(from) {
        let mut source = fs_err::File::open(from).map_err(Error::Install)?;
        write(&mut source, part)?;
    } else {
        unpack(from, pin.file, part)?;
    }
    Ok(from.clone())
}

fn check(part: &Path, source: &Path, expected: Digest) -> Result<(), Error> {
    let (found, _) = Digest::of_file(part).map_err(Error::Install)?;
    if found == expected {
        Ok(())
    } else {
        Err(Error::WrongDigest {
            path: source.to_path_buf(),
            found,
            expected,
        })
    }
}

/// Asks for a wheel for Python 3.12, whichever Python asks: older ones get older releases.
fn arguments(pin: &Pin, folder: &Path) -> Vec<String> {
    let folder = folder.to_string_lossy();
    let release = format!("onnxruntime=={RELEASE}");
    [
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--only-binary=:all:",
        "--python-version",
        "3.12",
        "--platform",
        pin.platform,
        "--disable-pip-version-check",
        "--no-input",
        "--dest",
        &folder,
        &release,
    ]
    .map(str::to_owned)
    .to_vec()
}

fn shown(python: &Path, arguments: &[String]) -> String {
    format!("{} {}", python.display(), arguments.join(" "))
}

/// Lets pip fetch the wheel into `folder`.
fn fetch(
    python: &Path,
    pin: &Pin,
    folder: &Path,
    on_event: &mut dyn FnMut(Event),
) -> Result<PathBuf, Error> {
    let arguments = arguments(pin, folder);
    on_event(Event::Fetching {
        command: shown(python, &arguments),
    });
    let output = Command::new(python)
        .args(&arguments)
        .output()
        .map_err(|source| Error::PipMissing {
            python: python.to_path_buf(),
            source,
        })?;
    if !output.status.success() {
        return Err(Error::PipFailed {
            said: last_lines(&output.stderr),
        });
    }
    wheel_in(folder).ok_or_else(|| Error::PipFailed {
        said: "it left no wheel".to_owned(),
    })
}

/// The end of what a program said; that is where pip says why.
fn last_lines(said: &[u8]) -> String {
    const LINES: usize = 3;
    let said = String::from_utf8_lossy(said);
    let lines: Vec<&str> = said
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("[notice]"))
        .collect();
    let start = lines.len().saturating_sub(LINES);
    match lines.get(start..) {
        Some(lines) if !lines.is_empty() => lines.join("; "),
        _ => "it did not say why".to_owned(),
    }
}

fn wheel_in(folder: &Path) -> Option<PathBuf> {
    fs_err::read_dir(folder)
        .ok()?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .find(|path| path.extension() == Some(OsStr::new("whl")))
}

/// Takes the library out of the wheel.
fn unpack(wheel: &Path, file: &str, part: &mut Beside) -> Result<(), Error> {
    let unfit = |source: zip::result::ZipError| Error::Wheel {
        path: wheel.to_path_buf(),
        source: Box::new(source),
    };
    let source = fs_err::File::open(wheel).map_err(Error::Install)?;
    let mut archive = zip::ZipArchive::new(source).map_err(unfit)?;
    let mut library = archive
        .by_name(&format!("onnxruntime/capi/{file}"))
        .map_err(unfit)?;
    write(&mut library, part)
}

fn write(source: &mut impl Read, part: &mut Beside) -> Result<(), Error> {
    io::copy(source, part.file()).map_err(Error::Install)?;
    Ok(())
}

/// Removes what is left of a failed or finished attempt; that it cannot be removed is no reason to fail.
fn discard(path: &Path) {
    let outcome = if path.is_dir() {
        fs_err::remove_dir_all(path)
    } else {
        fs_err::remove_file(path)
    };
    if let Err(error) = outcome {
        tracing::debug!(%error, "left behind");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Hint as _, Kind};

    fn request(data_dir: &Path) -> Install {
        Install {
            from: None,
            data_dir: data_dir.to_path_buf(),
            python: PathBuf::from("python3"),
            offline: false,
            dry_run: false,
        }
    }

    /// A program that fails as pip does.
    #[cfg(unix)]
    fn failing_python(folder: &Path) -> PathBuf {
        use std::os::unix::fs::PermissionsExt as _;
        let path = folder.join("python3");
        fs_err::write(
            &path,
            "#!/bin/sh\necho first >&2\necho ERROR: no network >&2\nexit 1\n",
        )
        .unwrap();
        fs_err::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    fn left_over(folder: &Path) -> Vec<PathBuf> {
        let folder = folder.join("onnxruntime/1.31.1");
        fs_err::read_dir(folder)
            .map(|entries| entries.map(|entry| entry.unwrap().path()).collect())
            .unwrap_or_default()
    }

    #[test]
    fn without_the_network_nothing_is_fetched() {
        let home = tempfile::tempdir().unwrap();
        let offline = Install {
            offline: true,
            ..request(home.path())
        };
        let error = install(&offline, &mut |_| panic!("nothing happens")).unwrap_err();
        assert_eq!(error.kind(), Kind::Refused);
        assert!(error.hint().unwrap().contains("--from"));
    }

    #[test]
    fn a_dry_run_says_the_command_and_writes_nothing() {
        let home = tempfile::tempdir().unwrap();
        let dry = Install {
            dry_run: true,
            ..request(home.path())
        };
        let mut events = Vec::new();
        let installed = install(&dry, &mut |event| events.push(event)).unwrap();
        assert!(!installed.written);
        let [Event::Fetching { command }] = events.as_slice() else {
            panic!("{events:?}");
        };
        assert!(command.contains("pip download --no-deps"), "{command}");
        assert_eq!(fs_err::read_dir(home.path()).unwrap().count(), 0);
    }

    #[test]
    #[cfg(unix)]
    fn pip_s_last_words_are_told() {
        let home = tempfile::tempdir().unwrap();
        let failing = Install {
            python: failing_python(home.path()),
            ..request(home.path())
        };
        let error = install(&failing, &mut |_| {}).unwrap_err();
        assert!(error.to_string().contains("ERROR: no network"), "{error}");
        assert_eq!(left_over(home.path()), Vec::<PathBuf>::new());

        let missing = Install {
            python: home.path().join("no-python"),
            ..request(home.path())
        };
        let error = install(&missing, &mut |_| {}).unwrap_err();
        assert!(matches!(error, Error::PipMissing { .. }), "{error}");
    }

    #[test]
    fn another_file_than_the_published_one_is_refused() {
        let home = tempfile::tempdir().unwrap();
        let library = home.path().join("libonnxruntime.so");
        fs_err::write(&library, [version::LIBRARY_START, b"other"].concat()).unwrap();
        let text = home.path().join("file.whl");
        fs_err::write(&text, "no wheel").unwrap();
        for (from, kind) in [(library, "SHA-256"), (text, "cannot take the library")] {
            let request = Install {
                from: Some(from),
                ..request(home.path())
            };
            let error = install(&request, &mut |_| {}).unwrap_err();
            assert!(error.to_string().contains(kind), "{error}");
            assert_eq!(error.kind(), Kind::Corrupt);
            assert_eq!(left_over(home.path()), Vec::<PathBuf>::new());
        }
    }
}
