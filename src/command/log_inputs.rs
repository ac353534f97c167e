//! `log-inputs`: what data went into a run.

use anyhow::Result;
use serde_json::json;

use super::target::{self, Target};
use super::{Context, Done, Outcome, pairs};
use crate::digest::Digest;
use crate::entity::dataset::{self, Dataset, DatasetInput};
use crate::entity::tag::Tag;

/// Note on a run which dataset went into it
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    target: Target,
    /// Name of the dataset
    #[arg(long)]
    name: String,
    /// Where it comes from: an address, or a path
    #[arg(long, value_name = "URI")]
    source: String,
    /// What tells it from another of its name [default: made from the source]
    #[arg(long)]
    digest: Option<String>,
    /// What it was for, such as training
    #[arg(long)]
    context: Option<String>,
    /// Tag of this use of it
    #[arg(long = "tag", value_name = "K=V", value_parser = pairs::tag)]
    tags: Vec<Tag>,
}

/// Runs the command.
pub async fn run(args: Args, context: &Context) -> Result<Outcome> {
    let id = target::run_id(args.target.run_id, context)?;
    let mut tags = args.tags;
    tags.extend(args.context.map(|text| Tag::new(dataset::CONTEXT, text)));
    let (source_type, source) = described(&args.source);
    let input = DatasetInput {
        tags,
        dataset: Dataset {
            name: args.name,
            digest: args.digest.unwrap_or_else(|| short_digest(&source)),
            source_type,
            source,
            schema: String::new(),
            profile: String::new(),
        },
    };
    let tracking = context.server()?.tracking();
    let logging = async { Ok(tracking.log_input(&id, &input).await?) };
    context.unless_stopped_soon(logging).await?;
    let dataset = &input.dataset;
    let sentence = format!(
        "noted the dataset {} ({}) on the run {id}",
        dataset.name, dataset.digest
    );
    let json = json!({ "run_id": id, "datasets": [input] });
    Ok(Done::new(sentence, &json)?.into())
}

/// The sort of a source, and the source as JSON, as MLflow's own sources describe themselves
/// (`mlflow/data/http_dataset_source.py`, `artifact_dataset_sources.py`, 3.17.2).
fn described(source: &str) -> (String, String) {
    let (kind, key) = match source.split_once("://") {
        Some(("http" | "https", _)) => ("http", "url"),
        Some(("file", _)) | None => ("local", "uri"),
        Some((scheme, _)) => (scheme, "uri"),
    };
    (kind.to_owned(), json!({ key: source }).to_string())
}

/// Eight hexadecimal digits, as long as those that MLflow computes from data.
fn short_digest(text: &str) -> String {
    Digest::of(text.as_bytes())
        .to_string()
        .chars()
        .take(8)
        .collect()
}
