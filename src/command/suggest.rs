//! Names that only the server knows, for a shell that completes a word.
//!
//! Whatever goes wrong, there is simply nothing to suggest; how long that may take is the caller's to say.

use crate::command::Context;
use crate::entity::experiment::Experiment;
use crate::entity::model::RegisteredModel;
use crate::tracking::{self, PageOf, Search, Tracking};

/// Nobody reads more than this.
const MOST: PageOf<'static> = PageOf {
    size: 100,
    token: None,
};

/// What sort of name is being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// The name of an experiment.
    ExperimentName,
    /// The id of an experiment.
    ExperimentId,
    /// The name of a registered model.
    RegisteredModel,
    /// A version of the registered model: its number, `@ALIAS`, `latest`.
    Version,
    /// An alias of the registered model.
    Alias,
    /// A URI that leads to a model.
    ModelUri,
}

/// A word that would fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The word.
    pub word: String,
    /// What it stands for.
    pub about: String,
}

impl Suggestion {
    fn new(word: impl Into<String>, about: impl Into<String>) -> Self {
        Self {
            word: word.into(),
            about: about.into(),
        }
    }
}

/// What begins with `typed` and is there. `model` is the registered model that the command line names already.
pub async fn suggest(
    sort: Sort,
    typed: &str,
    model: Option<&str>,
    context: &Context,
) -> Vec<Suggestion> {
    let Ok(server) = context.server() else {
        return Vec::new();
    };
    let (tracking, registry) = (server.tracking(), server.registry());
    let found = match (sort, model) {
        (Sort::ExperimentName, _) => experiments(typed, tracking).await.map(names),
        (Sort::ExperimentId, _) => experiments("", tracking).await.map(ids),
        (Sort::RegisteredModel, _) => models(typed, registry).await.map(registered),
        (Sort::Version, Some(model)) => versions(model, registry).await,
        (Sort::Alias, Some(model)) => aliases(model, registry).await,
        (Sort::ModelUri, _) => uris(typed, registry).await,
        (Sort::Version | Sort::Alias, None) => Ok(Vec::new()),
    };
    let mut found = found.unwrap_or_default();
    // What no shell could complete is no suggestion, and what stands beside it is shown on a terminal.
    found.retain(|it| it.word.starts_with(typed) && !it.word.contains(char::is_control));
    for suggestion in &mut found {
        suggestion.about = suggestion.about.replace(char::is_control, " ");
    }
    found
}

/// The filter for names that begin like this; `%` and `_` in it find more, which is sorted out later.
fn beginning_with(typed: &str) -> Search {
    let filter = if typed.is_empty() || typed.contains('\'') {
        String::new()
    } else {
        format!("name LIKE '{typed}%'")
    };
    Search {
        filter,
        ..Search::default()
    }
}

async fn experiments(
    typed: &str,
    tracking: &dyn Tracking,
) -> Result<Vec<Experiment>, tracking::Error> {
    let search = beginning_with(typed);
    Ok(tracking.search_experiments(&search, MOST).await?.items)
}

fn names(experiments: Vec<Experiment>) -> Vec<Suggestion> {
    let named = |it: Experiment| Suggestion::new(it.name, format!("id {}", it.experiment_id));
    experiments.into_iter().map(named).collect()
}

fn ids(experiments: Vec<Experiment>) -> Vec<Suggestion> {
    let named = |it: Experiment| Suggestion::new(it.experiment_id, it.name);
    experiments.into_iter().map(named).collect()
}

async fn models(
    typed: &str,
    registry: &dyn Tracking,
) -> Result<Vec<RegisteredModel>, tracking::Error> {
    let search = beginning_with(typed);
    Ok(registry
        .search_registered_models(&search, MOST)
        .await?
        .items)
}

fn registered(models: Vec<RegisteredModel>) -> Vec<Suggestion> {
    let named = |model: RegisteredModel| {
        let about = model.description.lines().next().unwrap_or_default();
        Suggestion::new(model.name, about)
    };
    models.into_iter().map(named).collect()
}

async fn aliases(model: &str, registry: &dyn Tracking) -> Result<Vec<Suggestion>, tracking::Error> {
    let model = registry.registered_model(model).await?;
    Ok(aliases_of(&model, "").collect())
}

fn aliases_of<'a>(
    model: &'a RegisteredModel,
    before: &'a str,
) -> impl Iterator<Item = Suggestion> + 'a {
    let one =
        move |(alias, of)| Suggestion::new(format!("{before}{alias}"), format!("version {of}"));
    model.aliases.iter().map(one)
}

/// Newest first, and what stands for one of them.
async fn versions(
    model: &str,
    registry: &dyn Tracking,
) -> Result<Vec<Suggestion>, tracking::Error> {
    let mut search = Search::versions_of(model);
    search.order_by = vec!["version_number DESC".to_owned()];
    let (model, versions) = tokio::try_join!(
        registry.registered_model(model),
        registry.search_versions(&search, MOST)
    )?;
    let numbers = versions.items.iter().map(|version| {
        let about = version.description.lines().next().unwrap_or_default();
        Suggestion::new(version.version.to_string(), about)
    });
    let newest = versions.items.first();
    let latest = newest.map(|it| Suggestion::new("latest", format!("version {}", it.version)));
    let aliases = aliases_of(&model, "@");
    Ok(latest.into_iter().chain(aliases).chain(numbers).collect())
}

/// `models:/`, then models, then what there is of one.
async fn uris(typed: &str, registry: &dyn Tracking) -> Result<Vec<Suggestion>, tracking::Error> {
    const MODELS: &str = "models:/";
    let Some(rest) = typed.strip_prefix(MODELS) else {
        return Ok(vec![Suggestion::new(MODELS, "a registered model")]);
    };
    if let Some((name, _)) = rest.split_once('/') {
        let words = versions(name, registry).await?.into_iter();
        let written = words.filter(|it| !it.word.starts_with('@')).map(|it| {
            let word = format!("{MODELS}{name}/{}", it.word);
            Suggestion { word, ..it }
        });
        return Ok(written.collect());
    }
    let name = rest.rsplit_once('@').map_or(rest, |(name, _)| name);
    let mut found = Vec::new();
    for model in models(name, registry).await? {
        let newest = model.latest_versions.iter().map(|it| it.version).max();
        if let Some(newest) = newest {
            let word = format!("{MODELS}{}/latest", model.name);
            found.push(Suggestion::new(word, format!("version {newest}")));
        }
        let before = format!("{MODELS}{}@", model.name);
        found.extend(aliases_of(&model, &before));
    }
    Ok(found)
}
