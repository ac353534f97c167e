//! `inspect`: what is in a model, from any place that holds one, without reading its weights.

#![expect(
    clippy::doc_markdown,
    reason = "the docs of arguments are the text of `--help`"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde::Serialize;
use serde_json::Value;

use super::{Cell, Context, Item, model};
use crate::entity::uri::ModelUri;
use crate::package::{self, Archive, Inspection};
use crate::transfer;

/// Show what is in a model: flavors, signature, examples, requirements, files
#[derive(Debug, clap::Args)]
pub struct Args {
    /// models:/NAME/VERSION (or latest, or a stage), models:/NAME@ALIAS, models:/m-ID, runs:/RUN_ID/PATH,
    /// mlflow-artifacts:/PATH, a folder, or a .zip made by `package`
    #[arg(value_name = "MODEL_URI")]
    pub model_uri: String,
}

/// What is in a model.
#[derive(Debug, Serialize)]
struct Inspected {
    model_uri: ModelUri,
    #[serde(flatten)]
    model: Inspection,
}

/// Runs the command.
pub async fn run(args: Args, context: &Context) -> Result<super::Outcome> {
    let uri: ModelUri = args.model_uri.parse()?;
    let looking = async {
        match &uri {
            ModelUri::Path(path) => {
                let path = path.clone();
                context.compute(move || on_this_machine(&path)).await?
            }
            uri => stored(uri, context).await,
        }
    };
    let model = context
        .unless_stopped(looking)
        .await
        .with_context(|| format!("cannot inspect `{uri}`"))?;
    let inspected = Inspected {
        model_uri: uri,
        model,
    };
    Ok(page(&inspected)?.into())
}

fn on_this_machine(path: &Path) -> Result<Inspection> {
    if path.is_dir() && path.join(model::MLMODEL).is_file() {
        return Ok(package::inspect_folder(path)?);
    }
    if !Archive::is_at(path) {
        return Ok(package::preview(path)?);
    }
    let mut archive = Archive::open(path)?;
    let mut texts = BTreeMap::new();
    for name in package::TELLING {
        if let Some(text) = archive.read(name, package::contents::SMALL)? {
            texts.insert(name, text);
        }
    }
    let listed: Vec<_> = archive
        .files()
        .map(|(path, size)| (path.clone(), Some(size)))
        .collect();
    if !texts.contains_key(model::MLMODEL) {
        return Err(no_model(path.to_path_buf()).into());
    }
    Ok(package::inspect(listed, &texts)?)
}

fn no_model(path: PathBuf) -> package::Error {
    let found = package::Found::Archive;
    package::Error::NotAModel { path, found }
}

/// A model where the server keeps it: its list of files, and those of them that tell something.
async fn stored(uri: &ModelUri, context: &Context) -> Result<Inspection> {
    let stored = model::locate(uri, context).await?;
    let store = stored.store.as_ref();
    let files = transfer::list(store).await?;
    model::require_mlmodel(&files, store)?;
    let mut texts = BTreeMap::new();
    for name in package::TELLING {
        if files.iter().any(|file| file.path.as_str() == name) {
            texts.insert(name, model::read_small(name, store).await?);
        }
    }
    let listed = files.into_iter().map(|file| (file.path, file.size));
    Ok(package::inspect(listed, &texts)?)
}

/// All of it, as people read it.
fn page(inspected: &Inspected) -> Result<Item> {
    let model = &inspected.model;
    let mut item = Item::new(inspected.model_uri.to_string(), inspected)?
        .fact("flavors", names(model))
        .fact("task", model.task.clone());
    let description = model.description();
    for (label, field) in [
        ("family", "model_type"),
        ("precision", "precision"),
        ("context", "context_length"),
    ] {
        item = item.fact(
            label,
            description.and_then(|known| shown(known.get(field)?)),
        );
    }
    let note = |field: &str| shown(model.phi3ml.as_ref()?.get(field)?);
    item = item
        .fact("files", Cell::Count(model.files.len() as u64))
        .fact("size", Cell::Bytes(model.bytes))
        .fact("sha256", model.sha256.map(|digest| digest.to_string()))
        .fact("mlflow", model.mlflow_version.clone())
        .fact("python", model.python_version.clone())
        .fact("made", model.utc_time_created.clone())
        .fact("run", model.run_id.clone())
        .fact("model id", model.model_id.clone())
        .fact("source", note("source"))
        .fact("by phi3ml", note("version"))
        .fact("commit", note("git_commit"));
    if !model.packaged {
        item = item.fact("packaged", "no: this is what `package` would make of it");
    }
    Ok(sections(item, model))
}

fn sections(mut item: Item, model: &Inspection) -> Item {
    if let Some(signature) = &model.signature {
        for (heading, schema) in [
            ("inputs", &signature.inputs),
            ("outputs", &signature.outputs),
            ("params", &signature.params),
        ] {
            item = item.section(heading, columns(schema.as_ref()));
        }
    }
    let example = model
        .input_example
        .as_ref()
        .map(|example| ("", example.to_string()));
    let metadata = model.metadata.iter().flatten();
    item.section("input example", example)
        .section(
            "requirements",
            model.requirements.iter().map(|line| ("", line.clone())),
        )
        .section("metadata", metadata.map(|(key, value)| (key, shown(value))))
        .section(
            "files",
            model
                .files
                .iter()
                .map(|file| (&file.path, file.size.map_or(Cell::Empty, Cell::Bytes))),
        )
}

/// The flavors, and the file or module of the one that Python loads.
fn names(model: &Inspection) -> String {
    let names: Vec<_> = model.flavors.keys().map(String::as_str).collect();
    names.join(", ")
}

/// A value as it stands, texts without quotes.
fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// One line for each column, tensor or param of a schema.
fn columns(schema: Option<&Value>) -> Vec<(String, String)> {
    let columns = schema.and_then(Value::as_array).into_iter().flatten();
    columns
        .map(|column| {
            let name = column.get("name").and_then(Value::as_str).unwrap_or("");
            (name.to_owned(), kind(column))
        })
        .collect()
}

/// `string`, `optional list of string`, `float32[-1, 3]`, `long, 200 by default`.
fn kind(column: &Value) -> String {
    let text = |field: &str| column.get(field).and_then(Value::as_str);
    if let Some(tensor) = column.get("tensor-spec") {
        let dtype = tensor.get("dtype").and_then(Value::as_str).unwrap_or("");
        let shape = tensor.get("shape").map(Value::to_string);
        return format!("{dtype}{}", shape.unwrap_or_default());
    }
    let own = match (text("type"), column.get("items")) {
        (Some("array"), Some(items)) => format!("list of {}", kind(items)),
        (Some(own), _) => own.to_owned(),
        (None, _) => column.to_string(),
    };
    let default = column.get("default").filter(|default| !default.is_null());
    match (default, column.get("required")) {
        (Some(default), _) => format!("{own}, {default} by default"),
        (None, Some(Value::Bool(false))) => format!("{own}, optional"),
        (None, _) => own,
    }
}
