//! The tables: makes them in a new database, and looks whether those of another can be worked with.
//!
//! A table that is there is never changed.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use super::book::{Fault, now};

/// The tables as MLflow has them at [`REVISION`], from where it upgrades them by itself.
const TABLES: &str = include_str!("schema.sql");

/// The last revision of MLflow 2 (2.22.5).
const LAST_OF_MLFLOW_2: &str = "0584bdc529eb";

const OPEN_WITH_MLFLOW_3: &str = "open it once with MLflow 3, which upgrades it: `mlflow db upgrade sqlite:///PATH`; keep a copy";

/// What is read and written, table by table.
const NEEDED: &[(&str, &[&str])] = &[
    (
        "experiments",
        &[
            "experiment_id",
            "name",
            "artifact_location",
            "lifecycle_stage",
            "creation_time",
            "last_update_time",
        ],
    ),
    ("experiment_tags", &["key", "value", "experiment_id"]),
    (
        "runs",
        &[
            "run_uuid",
            "name",
            "source_type",
            "source_name",
            "entry_point_name",
            "user_id",
            "status",
            "start_time",
            "end_time",
            "source_version",
            "lifecycle_stage",
            "artifact_uri",
            "experiment_id",
            "deleted_time",
        ],
    ),
    ("params", &["key", "value", "run_uuid"]),
    ("tags", &["key", "value", "run_uuid"]),
    (
        "metrics",
        &["key", "value", "timestamp", "run_uuid", "step", "is_nan"],
    ),
    (
        "latest_metrics",
        &["key", "value", "timestamp", "step", "is_nan", "run_uuid"],
    ),
    (
        "datasets",
        &[
            "dataset_uuid",
            "experiment_id",
            "name",
            "digest",
            "dataset_source_type",
            "dataset_source",
            "dataset_schema",
            "dataset_profile",
        ],
    ),
    (
        "inputs",
        &[
            "input_uuid",
            "source_type",
            "source_id",
            "destination_type",
            "destination_id",
            "step",
        ],
    ),
    ("input_tags", &["input_uuid", "name", "value"]),
    (
        "logged_models",
        &[
            "model_id",
            "experiment_id",
            "name",
            "artifact_location",
            "creation_timestamp_ms",
            "last_updated_timestamp_ms",
            "status",
            "lifecycle_stage",
            "model_type",
            "source_run_id",
        ],
    ),
    (
        "logged_model_metrics",
        &[
            "model_id",
            "metric_name",
            "metric_timestamp_ms",
            "metric_step",
            "metric_value",
            "experiment_id",
            "run_id",
            "dataset_name",
            "dataset_digest",
        ],
    ),
    (
        "logged_model_params",
        &["model_id", "experiment_id", "param_key", "param_value"],
    ),
    (
        "logged_model_tags",
        &["model_id", "experiment_id", "tag_key", "tag_value"],
    ),
    (
        "registered_models",
        &["name", "creation_time", "last_updated_time", "description"],
    ),
    ("registered_model_tags", &["key", "value", "name"]),
    ("registered_model_aliases", &["alias", "version", "name"]),
    (
        "model_versions",
        &[
            "name",
            "version",
            "creation_time",
            "last_updated_time",
            "description",
            "user_id",
            "current_stage",
            "source",
            "run_id",
            "status",
            "status_message",
            "run_link",
            "storage_location",
        ],
    ),
    ("model_version_tags", &["key", "value", "name", "version"]),
];

/// What is known of the tables of a database.
#[derive(Debug, Clone)]
pub(super) struct Tables {
    /// Their revision.
    pub(super) revision: String,
    /// Whether rows belong to workspaces.
    pub(super) has_workspaces: bool,
}

/// Whether there is no table at all.
pub(super) fn is_blank(connection: &Connection) -> Result<bool, Fault> {
    let count: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))?;
    Ok(count == 0)
}

/// Makes the tables, and the experiment that every MLflow server has.
pub(super) fn create(connection: &Connection, artifact_root: &str) -> Result<(), Fault> {
    connection.execute_batch(TABLES)?;
    let now = now();
    connection.execute(
        "INSERT INTO experiments (experiment_id, name, artifact_location, lifecycle_stage, creation_time, \
         last_update_time) VALUES (0, 'Default', ?1, 'active', ?2, ?2)",
        (format!("{artifact_root}/0"), now),
    )?;
    Ok(())
}

/// Looks at the tables; refuses what would not be understood.
pub(super) fn look(connection: &Connection) -> Result<Tables, Fault> {
    if is_blank(connection)? {
        return Err(unusable("it is empty", None));
    }
    let columns = columns(connection)?;
    if !columns.contains_key("alembic_version") {
        return Err(unusable("it holds no tables of MLflow", None));
    }
    let mut statement = connection.prepare("SELECT version_num FROM alembic_version")?;
    let revisions: Vec<String> = statement
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let revision = revisions.join(", ");
    for (table, needed) in NEEDED {
        let Some(there) = columns.get(*table) else {
            return Err(not_understood(
                &revision,
                &format!("has no table `{table}`"),
            ));
        };
        if let Some(column) = needed
            .iter()
            .find(|column| !there.keys().any(|key| key == *column))
        {
            let what = format!("has no column `{column}` in `{table}`");
            return Err(not_understood(&revision, &what));
        }
        // A row without it could not be written.
        let unknown = there
            .iter()
            .find(|(name, is_needed)| **is_needed && !needed.contains(&name.as_str()));
        if let Some((column, _)) = unknown {
            let what =
                format!("wants a column `{column}` in `{table}` that this phi3ml does not know");
            return Err(not_understood(&revision, &what));
        }
    }
    let has_workspaces = |table: &str| {
        columns
            .get(table)
            .is_some_and(|columns| columns.contains_key("workspace"))
    };
    let divided: BTreeSet<bool> = ["experiments", "registered_models", "model_versions"]
        .into_iter()
        .map(has_workspaces)
        .collect();
    if divided.len() > 1 {
        return Err(not_understood(
            &revision,
            "has workspaces for some things only",
        ));
    }
    Ok(Tables {
        revision,
        has_workspaces: has_workspaces("experiments"),
    })
}

/// The columns of each table, and whether a new row must give them a value.
fn columns(connection: &Connection) -> Result<BTreeMap<String, BTreeMap<String, bool>>, Fault> {
    let mut statement = connection.prepare(
        "SELECT tables.name, columns.name, columns.\"notnull\" AND columns.dflt_value IS NULL \
         FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let mut found: BTreeMap<String, BTreeMap<String, bool>> = BTreeMap::new();
    for row in rows {
        let (table, column, is_needed) = row?;
        found.entry(table).or_default().insert(column, is_needed);
    }
    Ok(found)
}

fn not_understood(revision: &str, what: &str) -> Fault {
    if revision == LAST_OF_MLFLOW_2 {
        return unusable("it was made by MLflow 2", Some(OPEN_WITH_MLFLOW_3));
    }
    let reason = format!("at revision `{revision}` it {what}");
    unusable(
        &reason,
        Some(
            "an older one is upgraded by MLflow 3: `mlflow db upgrade sqlite:///PATH`; keep a copy",
        ),
    )
}

fn unusable(reason: &str, advice: Option<&'static str>) -> Fault {
    Fault::Unusable {
        reason: reason.to_owned(),
        advice,
    }
}
