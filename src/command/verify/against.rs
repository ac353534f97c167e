//! The files of a folder beside those of a model: any difference counts, and so do files that only one of them has.
//!
//! The folder is a copy of the model, or the one that it was logged from; that one is compared with the model's
//! artifact, and what `log-model` leaves out does not count.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::{Kind, Problem, differences};
use crate::command::model::MLMODEL;
use crate::command::{Context, Error};
use crate::digest::Digest;
use crate::entity::manifest::RelativePath;
use crate::package::{self, File};

/// The file that makes a folder one that a model is logged from.
const GENAI_CONFIG: &str = "genai_config.json";

/// What is not the same in `folder`; `found` are the files of the model.
pub(super) async fn problems(
    folder: &Path,
    found: &BTreeMap<RelativePath, Digest>,
    context: &Context,
) -> Result<Vec<Problem>> {
    if !folder.is_dir() {
        return Err(Error::usage(format!("`{}` is not a folder", folder.display())).into());
    }
    let is_source = folder.join(GENAI_CONFIG).is_file() && !folder.join(MLMODEL).is_file();
    let artifact = is_source.then(|| artifact(found)).flatten();
    let here = {
        let (folder, artifact) = (folder.to_path_buf(), artifact.clone());
        context.compute(move || digests(&folder, artifact.as_ref()))
    };
    let here = here.await??;
    let model: BTreeMap<_, _> = match &artifact {
        Some(above) => {
            let inside = format!("{above}/");
            let paths = found.iter();
            paths
                .filter(|(path, _)| path.as_str().starts_with(&inside))
                .map(|(path, digest)| (path.clone(), *digest))
                .collect()
        }
        None => found.clone(),
    };
    let mut problems = differences(&here, &model);
    for (path, digest) in &model {
        if !here.contains_key(path) {
            problems.push(Problem {
                path: path.to_string(),
                kind: Kind::Extra,
                expected: None,
                found: Some(*digest),
            });
        }
    }
    Ok(problems)
}

/// The folder of the model that holds the files it was logged from.
fn artifact(found: &BTreeMap<RelativePath, Digest>) -> Option<RelativePath> {
    let configuration = found
        .keys()
        .find(|path| path.parts().last() == Some(GENAI_CONFIG))?;
    configuration.parent()
}

/// The digests of the folder's files, under their names in the model.
fn digests(folder: &Path, above: Option<&RelativePath>) -> Result<BTreeMap<RelativePath, Digest>> {
    let files: Vec<File> = match above {
        Some(_) => package::model_files(folder)?,
        None => package::tree(folder)?,
    };
    files
        .into_iter()
        .map(|file| {
            let path = match above {
                Some(above) => file.path.below(above),
                None => file.path,
            };
            let real: PathBuf = file.real;
            Ok((path, Digest::of_file(&real)?.0))
        })
        .collect()
}
