//! What is in a model, told from its small files alone: `MLmodel`, digests, requirements and examples.
//!
//! It reads no weights and judges nothing; where the small files come from is the caller's business.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;
use serde_json::{Map, Value};

use super::flavor::{self, Kind};
use super::source::MLMODEL;
use super::{Error, MlModel, MlflowRelease, Options, yaml};
use crate::digest::Digest;
use crate::entity::manifest::{RelativePath, SUMS, parse_sums};

/// The small files that tell what is in a model, as far as it has them.
pub const TELLING: [&str; 5] = [
    MLMODEL,
    SUMS,
    REQUIREMENTS,
    INPUT_EXAMPLE,
    SERVING_INPUT_EXAMPLE,
];

const REQUIREMENTS: &str = super::environment::REQUIREMENTS;
const INPUT_EXAMPLE: &str = "input_example.json";
const SERVING_INPUT_EXAMPLE: &str = "serving_input_example.json";

/// What is in a model.
#[derive(Debug, Default, Serialize)]
#[non_exhaustive]
pub struct Inspection {
    /// Whether it is an MLflow model; if not, this is what `package` would make of it.
    pub packaged: bool,
    /// The ways to load it.
    pub flavors: Map<String, Value>,
    /// What it is asked and what it answers, where that is said.
    pub task: Option<String>,
    /// What goes in and what comes out.
    pub signature: Option<Schemas>,
    /// A request that it answers.
    pub input_example: Option<Value>,
    /// The same as a scoring server takes it.
    pub serving_input_example: Option<Value>,
    /// The lines of `requirements.txt`.
    pub requirements: Vec<String>,
    /// The Python it was made for.
    pub python_version: Option<String>,
    /// The release of MLflow whose layout it has.
    pub mlflow_version: Option<String>,
    /// The logged model.
    pub model_id: Option<String>,
    /// What identifies it where there are no logged models.
    pub model_uuid: Option<String>,
    /// The run that it was logged in.
    pub run_id: Option<String>,
    /// Where it was logged.
    pub artifact_path: Option<String>,
    /// When it was made, in UTC.
    pub utc_time_created: Option<String>,
    /// Bytes of code, artifacts and examples.
    pub model_size_bytes: Option<u64>,
    /// What its author noted.
    pub metadata: Option<Map<String, Value>>,
    /// What phi3ml noted.
    pub phi3ml: Option<Value>,
    /// Its files.
    pub files: Vec<ModelFile>,
    /// How many bytes they have together, as far as that is known.
    pub bytes: u64,
    /// The digest of `SHA256SUMS`.
    pub sha256: Option<Digest>,
}

/// What goes in and what comes out.
#[derive(Debug, Default, Serialize)]
#[non_exhaustive]
pub struct Schemas {
    /// The inputs.
    pub inputs: Option<Value>,
    /// The outputs.
    pub outputs: Option<Value>,
    /// The parameters that may come with the inputs.
    pub params: Option<Value>,
}

/// One file of a model.
#[derive(Debug, Serialize)]
#[non_exhaustive]
pub struct ModelFile {
    /// Its path in the model.
    pub path: String,
    /// Its length, where the store tells.
    pub size: Option<u64>,
    /// Its recorded digest.
    pub sha256: Option<Digest>,
}

/// Tells what is in a model that has these files; `texts` are those of [`TELLING`] that are there.
pub fn inspect(
    listed: impl IntoIterator<Item = (RelativePath, Option<u64>)>,
    texts: &BTreeMap<&str, Vec<u8>>,
) -> Result<Inspection, Error> {
    let text = |name: &str| texts.get(name).map(|bytes| String::from_utf8_lossy(bytes));
    let mlmodel = text(MLMODEL).unwrap_or_default();
    let model = MlModel::parse(&mlmodel)?;
    let whole: Map<String, Value> = yaml::from_str(&mlmodel).map_err(|source| Error::BadYaml {
        file: MLMODEL,
        source,
    })?;
    let digests: BTreeMap<_, _> = match text(SUMS) {
        Some(sums) => parse_sums(&sums)
            .map_err(|source| Error::BadSums {
                path: SUMS.into(),
                source,
            })?
            .into_iter()
            .collect(),
        None => BTreeMap::new(),
    };
    let files = listed.into_iter().map(|(path, size)| ModelFile {
        sha256: digests.get(&path).copied(),
        path: path.to_string(),
        size,
    });
    let json = |name: &str| {
        let text = text(name)?;
        // Examples are the author's: one that is no JSON is shown as the text it is.
        Some(serde_json::from_str(&text).unwrap_or_else(|_| Value::from(text.into_owned())))
    };
    let flavors = object(whole.get("flavors"));
    let function = model.flavors.python_function.as_ref();
    let requirements = text(REQUIREMENTS).unwrap_or_default();
    Ok(Inspection {
        packaged: true,
        task: task(&flavors, model.metadata.as_ref()),
        signature: model.signature.as_ref().map(|signature| Schemas {
            inputs: schema(signature.inputs.as_deref()),
            outputs: schema(signature.outputs.as_deref()),
            params: schema(signature.params.as_deref()),
        }),
        input_example: json(INPUT_EXAMPLE),
        serving_input_example: json(SERVING_INPUT_EXAMPLE),
        requirements: lines(&requirements),
        python_version: function.and_then(|function| function.python_version.clone()),
        phi3ml: whole.get("phi3ml").cloned(),
        sha256: texts.get(SUMS).map(|bytes| Digest::of(bytes)),
        ..Inspection::of_files(files.collect())
    }
    .identified(model, flavors))
}

impl Inspection {
    fn of_files(files: Vec<ModelFile>) -> Self {
        Self {
            bytes: files.iter().filter_map(|file| file.size).sum(),
            files,
            ..Self::default()
        }
    }

    fn identified(self, model: MlModel, flavors: Map<String, Value>) -> Self {
        Self {
            flavors,
            mlflow_version: model.mlflow_version,
            model_id: model.model_id,
            model_uuid: model.model_uuid,
            run_id: model.run_id,
            artifact_path: model.artifact_path,
            utc_time_created: model.utc_time_created,
            model_size_bytes: model.model_size_bytes,
            metadata: model.metadata,
            ..self
        }
    }

    /// What is known of the model itself: family, precision, sizes.
    pub fn description(&self) -> Option<&Map<String, Value>> {
        let own = self.flavors.get("phi3ml");
        let other = || self.phi3ml.as_ref()?.get("description");
        own.or_else(other)?.as_object()
    }
}

/// Tells what `package` would make of what lies at `source`, without hashing it.
pub fn preview(source: &Path) -> Result<Inspection, Error> {
    let options = Options::default();
    let plan = flavor::plan(source, &options)?;
    let draft = plan.kind.draft(MlflowRelease::V3, &options)?;
    debug_assert!(!matches!(plan.kind, Kind::Model(_)), "those are inspected");
    let files = plan.files.iter().map(|(_, file)| ModelFile {
        path: file.path.to_string(),
        size: Some(file.size),
        sha256: None,
    });
    let mut files: Vec<_> = files.collect();
    files.sort_by(|left, right| left.path.cmp(&right.path));
    files.dedup_by(|left, right| left.path == right.path);
    let part = |name: &str| schema(draft.signature.as_ref()?.get(name)?.as_str());
    let description = Value::from(draft.description);
    Ok(Inspection {
        task: task(&draft.flavors, Some(&draft.metadata)),
        signature: draft.signature.is_some().then(|| Schemas {
            inputs: part("inputs"),
            outputs: part("outputs"),
            params: part("params"),
        }),
        flavors: draft.flavors,
        requirements: draft.requirements,
        python_version: Some(options.python_version().to_owned()),
        phi3ml: Some(serde_json::json!({"description": description})),
        ..Inspection::of_files(files)
    })
}

fn object(value: Option<&Value>) -> Map<String, Value> {
    value
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default()
}

fn task(flavors: &Map<String, Value>, metadata: Option<&Map<String, Value>>) -> Option<String> {
    let text = |value: Option<&Value>| value?.as_str().map(str::to_owned);
    let of_flavor = |flavor: &str, field: &str| text(flavors.get(flavor)?.get(field));
    of_flavor("phi3ml", "task")
        .or_else(|| text(metadata?.get("task")))
        .or_else(|| of_flavor("transformers", "inference_task"))
        .or_else(|| of_flavor("transformers", "task"))
}

fn schema(text: Option<&str>) -> Option<Value> {
    let text = text?;
    // MLflow keeps JSON here; another text is shown as it is.
    Some(serde_json::from_str(text).unwrap_or_else(|_| text.into()))
}

fn lines(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}
