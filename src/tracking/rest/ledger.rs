//! Which request of [`Rest`] answers what the other rooms ask of a ledger.
//!
//! There is nothing to it but the names.

use futures_util::future::BoxFuture;

use super::Rest;
use crate::entity::limits;
use crate::tracking::ledger::ledger;
use crate::tracking::{Page, ServerInfo};

ledger! {
    Rest {
        fn server(&self) -> BoxFuture<'_, ServerInfo> {
            Box::pin(self.get_server())
        }

        fn page(&self, page: &Page<'_>) -> Option<String> {
            self.address_of(page)
        }

        fn batch_size(&self) -> usize {
            limits::ENTITIES_PER_BATCH
        }
    }

    experiment => get_experiment,
    experiment_by_name => get_experiment_by_name,
    create_experiment => post_experiment,
    search_experiments => post_experiments_search,
    rename_experiment => post_experiment_name,
    delete_experiment => post_experiment_deletion,
    restore_experiment => post_experiment_return,
    set_experiment_tag => post_experiment_tag,
    create_run => post_run,
    run => get_run,
    update_run => post_run_status,
    search_runs => post_runs_search,
    delete_run => post_run_deletion,
    restore_run => post_run_return,
    delete_run_tag => post_run_tag_deletion,
    log_input => post_input,
    log_input_model => post_input_model,
    metric_history => get_metric_history,
    log_batch => post_batch,
    log_model_metrics => post_model_metrics,
    list_run_artifacts => get_run_artifacts,
    record_model => post_model_record,
    create_logged_model => post_logged_model,
    add_run_output => post_run_output,
    finish_logged_model => patch_logged_model,
    logged_model => get_logged_model,
    search_logged_models => post_logged_models_search,
    set_logged_model_tags => patch_logged_model_tags,
    registered_model => get_registered_model,
    create_registered_model => post_registered_model,
    search_registered_models => get_registered_models,
    update_registered_model => patch_registered_model,
    rename_registered_model => post_registered_model_name,
    delete_registered_model => drop_registered_model,
    set_registered_model_tag => post_registered_model_tag,
    delete_registered_model_tag => drop_registered_model_tag,
    create_version => post_version,
    version => get_version,
    version_by_alias => get_alias,
    latest_versions => post_latest_versions,
    search_versions => get_versions,
    versions => get_all_versions,
    set_alias => post_alias,
    delete_alias => drop_alias,
    update_version => patch_version,
    transition_stage => post_stage,
    set_version_tag => post_version_tag,
    delete_version_tag => drop_version_tag,
    delete_version => drop_version,
    download_uri => get_download_uri,
}
