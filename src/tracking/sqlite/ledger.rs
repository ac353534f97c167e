//! Which transaction of [`Sqlite`] answers what the other rooms ask of a ledger.
//!
//! There is nothing to it but the names.

use futures_util::future::BoxFuture;

use super::Sqlite;
use super::batch::ENTRIES_AT_ONCE;
use crate::tracking::ledger::ledger;
use crate::tracking::{Page, Release, ServerInfo};

ledger! {
    Sqlite {
        fn server(&self) -> BoxFuture<'_, ServerInfo> {
            // What its tables can hold is MLflow 3's; no server means no version that one would have to suit.
            Box::pin(std::future::ready(ServerInfo {
                version: None,
                release: Release::V3,
            }))
        }

        fn page(&self, _: &Page<'_>) -> Option<String> {
            // Nor has MLflow's client an address to tell unless its store is a server (`_log_url`,
            // `mlflow/tracking/_tracking_service/client.py`, 3.17.2).
            None
        }

        fn batch_size(&self) -> usize {
            ENTRIES_AT_ONCE
        }
    }

    experiment => find_experiment,
    experiment_by_name => find_experiment_by_name,
    create_experiment => add_experiment,
    search_experiments => list_experiments,
    rename_experiment => put_experiment_name,
    delete_experiment => bin_experiment,
    restore_experiment => unbin_experiment,
    set_experiment_tag => put_experiment_tag,
    create_run => add_run,
    run => find_run,
    update_run => put_run_status,
    search_runs => list_runs,
    delete_run => bin_run,
    restore_run => unbin_run,
    delete_run_tag => drop_run_tag,
    log_input => add_input,
    log_input_model => add_input_model,
    metric_history => list_metric,
    log_batch => write_batch,
    log_model_metrics => write_model_metrics,
    list_run_artifacts => list_files,
    record_model => add_model_record,
    create_logged_model => add_logged_model,
    add_run_output => add_output,
    finish_logged_model => put_model_status,
    logged_model => find_logged_model,
    search_logged_models => list_logged_models,
    set_logged_model_tags => put_model_tags,
    registered_model => find_registered_model,
    create_registered_model => add_registered_model,
    search_registered_models => list_registered_models,
    update_registered_model => put_description,
    rename_registered_model => put_model_name,
    delete_registered_model => remove_registered_model,
    set_registered_model_tag => put_registered_model_tag,
    delete_registered_model_tag => remove_registered_model_tag,
    create_version => add_version,
    version => find_version,
    version_by_alias => find_alias,
    latest_versions => find_latest,
    search_versions => list_versions,
    versions => all_versions,
    set_alias => put_alias,
    delete_alias => remove_alias,
    update_version => put_version,
    transition_stage => put_stage,
    set_version_tag => put_version_tag,
    delete_version_tag => remove_version_tag,
    delete_version => remove_version,
    download_uri => find_download_uri,
}
