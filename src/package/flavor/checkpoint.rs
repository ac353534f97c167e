//! A checkpoint of Hugging Face's Transformers as MLflow lays one out that it is given as a folder
//! (`mlflow/transformers/model_io.py`, `save_local_checkpoint`).
//!
//! It loads neither torch nor Transformers: what MLflow asks those, `config.json` says.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::{Draft, Kind, Plan, python_function};
use crate::entity::manifest::RelativePath;
use crate::package::source::{self, File, Found};
use crate::package::{
    Error, MlflowRelease, Options, Task, contents, genai, json as reading, safetensors,
};

/// What has no meaning for a checkpoint.
const MEANINGLESS: &[&str] = &["artifact-name", "artifact"];

const MODEL: &str = "model";
const TOKENIZER: &str = "components/tokenizer";
const CONFIG: &str = "config.json";
const TOKENIZER_CONFIG: &str = "tokenizer_config.json";
const INDEX: &str = "model.safetensors.index.json";

/// The files that make a tokenizer.
const TOKENIZER_FILES: [&str; 9] = [
    "added_tokens.json",
    "chat_template.jinja",
    "chat_template.json",
    "merges.txt",
    "special_tokens_map.json",
    "tokenizer.json",
    "tokenizer.model",
    TOKENIZER_CONFIG,
    "vocab.json",
];

/// A checked checkpoint.
#[derive(Debug)]
pub(in crate::package) struct Checkpoint {
    name: String,
    architecture: String,
    tokenizer: String,
    /// The type of its weights under torch's name, such as `bfloat16`.
    dtype: Option<String>,
    facts: Map<String, Value>,
}

pub(super) fn plan(source: &Path, options: &Options) -> Result<Plan, Error> {
    let found = Found::HuggingFaceCheckpoint;
    options.check(found, MEANINGLESS)?;
    let task = task(options)?;
    let files = source::files(source)?;
    let by_name = genai::Files::new(&files);
    let config = Config::read(&by_name)?;
    let parameters = weights(&files, &by_name)?;
    let tokenizer = Tokenizer::read(&by_name)?;
    if task == Task::Chat && !tokenizer.has_template {
        return Err(config_error(
            TOKENIZER_CONFIG,
            "chat_template",
            "missing, and without it there is no chat",
        ));
    }
    let placed = |parent: &str| {
        let parent: Result<RelativePath, _> = parent.parse();
        parent.map_err(|_| Error::NotUnicode { path: MODEL.into() })
    };
    let (model, component) = (placed(MODEL)?, placed(TOKENIZER)?);
    let of_tokenizer = |file: &&File| TOKENIZER_FILES.contains(&file.path.as_str());
    let in_component: Vec<_> = files
        .iter()
        .filter(of_tokenizer)
        .map(|file| (file.path.below(&component), file.clone()))
        .collect();
    let in_model = files
        .iter()
        .map(|file| (file.path.below(&model), file.clone()));
    Ok(Plan {
        files: in_model.chain(in_component).collect(),
        kind: Kind::Checkpoint(Checkpoint {
            name: source::name_of(source),
            architecture: config.architecture()?,
            tokenizer: tokenizer.class,
            dtype: config.dtype(),
            facts: config.facts(parameters),
        }),
    })
}

/// Without another wish, what the pipeline itself does.
fn task(options: &Options) -> Result<Task, Error> {
    match options.task.unwrap_or(Task::TextGeneration) {
        Task::Prompt => Err(Error::OtherTask {
            task: Task::Prompt,
            found: Found::HuggingFaceCheckpoint,
        }),
        task => Ok(task),
    }
}

fn config_error(file: &str, field: &str, problem: &'static str) -> Error {
    match file.parse() {
        Ok(file) => Error::BadField {
            file,
            field: field.to_owned(),
            problem,
        },
        Err(_) => Error::NotUnicode { path: file.into() },
    }
}

/// Checks all weights; tells how many numbers they are.
fn weights(files: &[File], by_name: &genai::Files<'_>) -> Result<u64, Error> {
    if let Some(index) = by_name.get(INDEX) {
        let index_json: Value = reading::read(index, contents::SMALL)?;
        let Some(map) = index_json.get("weight_map").and_then(Value::as_object) else {
            return Err(config_error(INDEX, "weight_map", "missing"));
        };
        for (tensor, shard) in map {
            let field = || format!("weight_map.{tensor}");
            let Some(shard) = shard.as_str() else {
                return Err(config_error(INDEX, &field(), "not a text"));
            };
            genai::find(by_name, shard, index.path.clone(), field())?;
        }
    }
    let mut parameters = 0;
    for file in files {
        let is_weights = file.path.as_str().ends_with(".safetensors");
        if is_weights && file.path.parts().count() == 1 {
            genai::refuse_pointer(file)?;
            parameters += safetensors::check(file)?;
        }
    }
    Ok(parameters)
}

/// What `config.json` says.
struct Config {
    root: Value,
}

impl Config {
    fn read(files: &genai::Files<'_>) -> Result<Self, Error> {
        let root = reading::read(files.require(CONFIG)?, contents::SMALL)?;
        let config = Self { root };
        config.architecture()?;
        Ok(config)
    }

    fn text(&self, field: &str) -> Option<&str> {
        self.root.get(field).and_then(Value::as_str)
    }

    /// The class that MLflow loads the model with.
    fn architecture(&self) -> Result<String, Error> {
        let first = self.root.pointer("/architectures/0");
        match first.and_then(Value::as_str) {
            Some(class) if class.ends_with("ForCausalLM") => Ok(class.to_owned()),
            Some(_) => Err(config_error(
                CONFIG,
                "architectures",
                "not that of a model that generates text",
            )),
            None => Err(config_error(CONFIG, "architectures", "missing")),
        }
    }

    /// Transformers 5 calls it `dtype`, before it was `torch_dtype`.
    fn dtype(&self) -> Option<String> {
        let dtype = self.text("dtype").or_else(|| self.text("torch_dtype"));
        dtype.map(str::to_owned)
    }

    fn facts(&self, parameters: u64) -> Map<String, Value> {
        let mut facts = Map::new();
        for (name, field) in [
            ("model_type", "model_type"),
            ("precision", "dtype"),
            ("precision", "torch_dtype"),
            ("context_length", "max_position_embeddings"),
            ("vocab_size", "vocab_size"),
            ("hidden_size", "hidden_size"),
            ("num_hidden_layers", "num_hidden_layers"),
            ("num_attention_heads", "num_attention_heads"),
            ("num_key_value_heads", "num_key_value_heads"),
        ] {
            if let Some(value) = self.root.get(field).filter(|value| !value.is_null()) {
                facts.insert(name.to_owned(), value.clone());
            }
        }
        facts.insert("parameters".into(), parameters.into());
        facts
    }
}

/// What is to be known of a tokenizer.
struct Tokenizer {
    /// The class that reads its files.
    class: String,
    has_template: bool,
}

impl Tokenizer {
    fn read(files: &genai::Files<'_>) -> Result<Self, Error> {
        let config: Value = reading::read(files.require(TOKENIZER_CONFIG)?, contents::SMALL)?;
        let class = config.get("tokenizer_class").and_then(Value::as_str);
        let class = if let Some(file) = files.get("tokenizer.json") {
            let _: serde::de::IgnoredAny = reading::read(file, contents::VOCABULARY)?;
            // Takes this file as it is, in every release of Transformers; others make a tokenizer of their own.
            "PreTrainedTokenizerFast"
        } else if files.get("tokenizer.model").is_some() || files.get("vocab.json").is_some() {
            class.ok_or_else(|| config_error(TOKENIZER_CONFIG, "tokenizer_class", "missing"))?
        } else {
            files.require("tokenizer.json")?;
            "PreTrainedTokenizerFast"
        };
        let has_template = config
            .get("chat_template")
            .is_some_and(|template| !template.is_null());
        Ok(Self {
            class: class.to_owned(),
            has_template: has_template || files.get("chat_template.jinja").is_some(),
        })
    }
}

impl Checkpoint {
    /// `mlflow/transformers/flavor_config.py`, `build_flavor_config_from_local_checkpoint`.
    pub(super) fn draft(&self, release: MlflowRelease, options: &Options) -> Result<Draft, Error> {
        let task = task(options)?;
        let mut flavor = json!({
            "code": options.code(),
            "components": ["tokenizer"],
            "instance_type": "TextGenerationPipeline",
            "model_binary": MODEL,
            "pipeline_model_type": self.architecture,
            "source_model_name": self.name,
            "task": Task::TextGeneration.name(),
            "tokenizer_type": self.tokenizer,
            "torch_dtype": self.dtype.as_ref().map(|dtype| format!("torch.{dtype}")),
            "transformers_version": transformers(release),
        });
        let mut metadata = options.metadata.clone();
        if let (Some(fields), true) = (flavor.as_object_mut(), task.is_llm()) {
            fields.insert("inference_task".into(), task.name().into());
            metadata.insert("task".into(), task.name().into());
        }
        if let (Some(fields), MlflowRelease::V2) = (flavor.as_object_mut(), release) {
            // Transformers before 5 wants to know.
            fields.insert("framework".into(), "pt".into());
        }
        flavor.sort_all_objects();
        let mut function = python_function("mlflow.transformers", options);
        if !options.code_paths.is_empty() {
            function.insert("code".into(), options.code());
        }
        function.sort_keys();
        let mut flavors = Map::new();
        flavors.insert("python_function".into(), function.into());
        flavors.insert("transformers".into(), flavor);
        Ok(Draft {
            flavors,
            signature: options.signature.or(Some(task.signature()?)),
            example: options.example(None)?,
            metadata,
            requirements: requirements(release),
            description: self.facts.clone(),
            ..Draft::default()
        })
    }
}

/// The newest that this MLflow is known to work with (`mlflow/ml_package_versions.py`).
fn transformers(release: MlflowRelease) -> &'static str {
    match release {
        MlflowRelease::V3 => "5.17.0",
        MlflowRelease::V2 => "4.51.2",
    }
}

/// What MLflow asks for (`mlflow/transformers/__init__.py`, `get_default_pip_requirements`), in versions that go
/// together.
fn requirements(release: MlflowRelease) -> Vec<String> {
    let [accelerate, torch, torchvision] = match release {
        MlflowRelease::V3 => ["1.15.0", "2.11.0", "0.26.0"],
        MlflowRelease::V2 => ["1.6.0", "2.6.0", "0.21.0"],
    };
    vec![
        format!("accelerate=={accelerate}"),
        format!("torch=={torch}"),
        format!("torchvision=={torchvision}"),
        format!("transformers=={}", transformers(release)),
    ]
}
