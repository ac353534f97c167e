//! Files on their way from a store, several at once, each checked against its digest as it arrives.

use std::collections::{BTreeMap, HashMap};

use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use super::fetch::{Line, fetch};
use super::landing::Landing;
use super::traffic::{Traffic, WIDTH};
use super::{Error, Event, Listed, Listener, Summary};
use crate::artifacts::ArtifactStore;
use crate::digest::Digest;
use crate::entity::manifest::RelativePath;

/// Fetches files into a landing, going on with what an earlier call left there.
///
/// A file with a digest in `digests` must have it. One without is taken as it comes, if its length is
/// the listed one. After a failure that going on cannot mend, the caller discards the landing.
pub async fn download(
    files: &[Listed],
    digests: &BTreeMap<RelativePath, Digest>,
    store: &dyn ArtifactStore,
    landing: &Landing,
    listener: &Listener,
) -> Result<Summary, Error> {
    let mut summary = Summary {
        files: files.len() as u64,
        bytes: files.iter().filter_map(|file| file.size).sum(),
        reused_bytes: 0,
    };
    listener(Event::Planned {
        files: summary.files,
        bytes: summary.bytes,
    });
    for file in files {
        listener(Event::File {
            path: file.path.as_str(),
            bytes: file.size,
        });
    }
    no_two_are_one(files, || ignores_case(landing))?;
    let line = Line {
        store,
        landing,
        listener,
        traffic: Traffic::default(),
    };
    let mut order: Vec<&Listed> = files.iter().collect();
    // What takes longest is begun first, so that it does not remain alone at the end.
    order.sort_by_key(|file| std::cmp::Reverse(file.size));
    let reused: Vec<u64> = stream::iter(order)
        .map(|file| fetch(file, digests.get(&file.path), &line))
        .buffer_unordered(WIDTH)
        .try_collect()
        .await?;
    summary.reused_bytes = reused.into_iter().sum();
    Ok(summary)
}

/// On some systems names that differ by case alone are one file. Whether this is one is only asked where it matters.
fn no_two_are_one(files: &[Listed], ignores_case: impl Fn() -> bool) -> Result<(), Error> {
    let mut seen: HashMap<String, &RelativePath> = HashMap::new();
    for file in files {
        let folded = file.path.as_str().to_lowercase();
        let Some(other) = seen.insert(folded, &file.path) else {
            continue;
        };
        if ignores_case() {
            return Err(Error::SameName {
                one: other.clone(),
                other: file.path.clone(),
            });
        }
    }
    Ok(())
}

/// Whether the landing is on a file system on which `A` is `a`.
fn ignores_case(landing: &Landing) -> bool {
    let (Ok(upper), Ok(lower)) = ("A-CASE".parse(), "a-case".parse()) else {
        return true;
    };
    let beside = |path: &RelativePath| path.under(&landing.files().with_file_name("parts"));
    let (upper, lower) = (beside(&upper), beside(&lower));
    let ignores = fs_err::write(&upper, "").is_err() || lower.exists();
    _ = fs_err::remove_file(upper);
    ignores
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(names: &[&str]) -> Vec<Listed> {
        let file = |name: &&str| Listed {
            path: name.parse().unwrap(),
            size: Some(1),
        };
        names.iter().map(file).collect()
    }

    #[test]
    fn names_that_differ_by_case_are_refused_where_they_would_be_one() {
        for names in [["a/B", "A/b"], ["Ünï", "ünÏ"], ["x", "X"]] {
            let files = listed(&names);
            no_two_are_one(&files, || false).unwrap();
            let error = no_two_are_one(&files, || true).unwrap_err();
            assert!(matches!(error, Error::SameName { .. }), "{error}");
        }
        let unlike = listed(&["a", "b", "a.b"]);
        no_two_are_one(&unlike, || panic!("nothing depends on it")).unwrap();
    }

    #[test]
    fn a_file_system_is_asked_whether_it_tells_case_apart() {
        let folder = tempfile::tempdir().unwrap();
        let landing = Landing::try_open(folder.path(), "it").unwrap().unwrap();
        fs_err::write(folder.path().join("Case"), "").unwrap();
        let is_one = folder.path().join("cASE").exists();
        assert_eq!(ignores_case(&landing), is_one);
        assert!(
            landing
                .files()
                .with_file_name("parts")
                .read_dir()
                .unwrap()
                .next()
                .is_none()
        );
        // Where it is, nothing can be written to ask: as if it did not tell them apart.
        let parts = landing.files().with_file_name("parts");
        fs_err::remove_dir(&parts).unwrap();
        assert!(ignores_case(&landing));
    }
}
