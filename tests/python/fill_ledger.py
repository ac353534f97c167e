"""Fill a store with a little of everything, and print the ids: one line of JSON.

    fill_ledger.py FOLDER

MLFLOW_TRACKING_URI names the store: a database, or a folder of files. It works with MLflow 2 and 3. Artifacts go
below FOLDER.
"""

import json
import math
import os
import sys
import tempfile
from pathlib import Path

from mlflow import MlflowClient
from mlflow.entities import Dataset, DatasetInput, InputTag, Metric, Param, RunTag

MLMODEL = """artifact_path: {artifact_path}
flavors:
  python_function:
    loader_module: json
mlflow_version: 3.17.2
model_id: {model_id}
model_uuid: {model_uuid}
run_id: {run_id}
utc_time_created: '2026-01-01 00:00:00.000000'
"""


def files(**texts: str) -> Path:
    folder = Path(tempfile.mkdtemp())
    for name, text in texts.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def dataset(name: str) -> DatasetInput:
    described = Dataset(name, "d1gest", "http", json.dumps({"url": f"https://x/{name}"}), schema=json.dumps({"a": 1}))
    return DatasetInput(described, [InputTag("mlflow.data.context", "training")])


def runs(client: MlflowClient, experiment: str) -> dict:
    parent = client.create_run(experiment, start_time=1_000_000_000_001, run_name="parent", tags={"mlflow.user": "ann"})
    parent_id = parent.info.run_id
    child = client.create_run(
        experiment, start_time=1_000_000_000_002, tags={"mlflow.parentRunId": parent_id, "odd key/ä.b": "ünï\ncode"}
    )
    child_id = child.info.run_id
    values = [1.5, math.nan, math.inf, -math.inf, 0.1 + 0.2, -2.0, 1e-300]
    points = [Metric("loss", value, 1_000_000 + step, step) for step, value in enumerate(values)]
    points += [Metric("loss", 7.0, 5, -3), Metric("nested/acc", 0.5, 9, 0)]
    client.log_batch(
        child_id, points, [Param("lr", "1e-3"), Param("empty", ""), Param("long", "x" * 500)], [RunTag("note", "")]
    )
    client.log_batch(parent_id, [Metric("many", step / 3, step, step) for step in range(1000)])
    client.log_inputs(child_id, [dataset("one"), dataset("two")])
    client.log_artifacts(child_id, str(files(top="a", sub__deep__b="bb", empty="")))
    client.set_terminated(child_id, "FAILED", 1_000_000_000_999)
    binned = client.create_run(experiment, start_time=1_000_000_000_003, run_name="binned").info.run_id
    client.log_param(binned, "a", "1")
    client.set_terminated(binned, "KILLED", 1_000_000_001_000)
    client.delete_run(binned)
    return {"parent": parent_id, "child": child_id, "binned": binned}


def logged_model(client: MlflowClient, experiment: str, run_id: str) -> str:
    from mlflow.entities import LoggedModelInput, LoggedModelOutput, LoggedModelParameter

    model = client.create_logged_model(
        experiment, "clever", run_id, {"color": "blue"}, {"k": "1"}, "agent"
    )
    text = MLMODEL.format(
        artifact_path=model.artifact_location, model_id=model.model_id, model_uuid=model.model_id, run_id=run_id
    )
    client.log_model_artifacts(model.model_id, str(files(MLmodel=text, weights="w" * 1000, data__more="m")))
    client.finalize_logged_model(model.model_id, "READY")
    client.log_outputs(run_id, [LoggedModelOutput(model.model_id, 4)])
    client.log_inputs(run_id, models=[LoggedModelInput(model.model_id)])
    client.log_metric(run_id, "score", 0.25, 77, 2, model_id=model.model_id)
    client.log_metric(run_id, "score", 0.5, 78, 3, model_id=model.model_id, dataset_name="one", dataset_digest="d1gest")
    client.create_logged_model(experiment, "unfinished", run_id)
    return model.model_id


def registry(client: MlflowClient, run_id: str, model_id: str | None) -> None:
    client.create_registered_model("phi3", {"team": "x"}, "what it is")
    run = client.get_run(run_id)
    client.log_artifacts(
        run_id,
        str(files(MLmodel=MLMODEL.format(artifact_path="m", model_id="", model_uuid="0" * 32, run_id=run_id), w="1")),
        "m",
    )
    for number in range(1, 5):
        source = f"{run.info.artifact_uri}/m"
        extra = {}
        if model_id and number != 3:
            source, extra = f"models:/{model_id}", {"model_id": model_id}
        client.create_model_version(
            "phi3", source, run_id, {"number": str(number)}, description=f"the {number}.", **extra
        )
    client.delete_model_version("phi3", "2")
    client.transition_model_version_stage("phi3", "1", "Archived")
    client.transition_model_version_stage("phi3", "4", "Production")
    client.set_registered_model_alias("phi3", "champion", "3")
    client.set_registered_model_alias("phi3", "next", "4")
    client.create_registered_model("empty")


def main() -> None:
    os.chdir(sys.argv[1])
    client = MlflowClient()
    experiment = client.create_experiment("work", tags={"team": "a b"})
    ids = {"work": experiment, **runs(client, experiment)}
    client.set_experiment_tag("0", "mlflow.note.content", "the default one")
    ids["other"] = client.create_run("0", start_time=5, run_name="in default").info.run_id
    gone = client.create_experiment("gone")
    ids["gone"] = client.create_run(gone, start_time=6, run_name="in the bin").info.run_id
    client.delete_experiment(gone)
    model_id = None
    if hasattr(client, "create_logged_model"):
        model_id = logged_model(client, experiment, ids["child"])
    ids["model"] = model_id
    registry(client, ids["child"], model_id)
    print(json.dumps(ids))


if __name__ == "__main__":
    main()
