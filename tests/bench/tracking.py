"""Time phi3ml beside MLflow's Python client on the same server: whole processes, one after the other.

    python tests/bench/tracking.py [--phi3ml target/release/phi3ml] [--rounds 5] [--only NAME]

Run it with the tests' own virtual environment of MLflow 3 (`tests/python/mlflow3.txt`). It starts a server of its
own, or takes the one that `--server URL` names, and prints the medians.
"""

import argparse
import contextlib
import json
import os
import resource
import statistics
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from measure import QUIET, Spent, own_server, run

@dataclass
class Case:
    """One job, as phi3ml does it and as a script with MLflow's client does it."""

    name: str
    rounds: int
    phi3ml: Callable[[], list[list[str]]]
    python: Callable[[], str]


def post(server: str, path: str, body: dict) -> dict:
    request = urllib.request.Request(
        f"{server}/api/2.0/mlflow/{path}",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def new_run(server: str, experiment: str) -> str:
    body = {"experiment_id": experiment, "start_time": int(time.time() * 1000)}
    return post(server, "runs/create", body)["run"]["info"]["run_id"]


def many_runs(server: str, count: int) -> str:
    """An experiment with so many runs, each with a param, a metric and a tag."""
    name = {"name": f"bench-{count}-{time.time_ns()}"}
    experiment = post(server, "experiments/create", name)["experiment_id"]
    for index in range(count):
        run_id = new_run(server, experiment)
        point = {"key": "loss", "value": 1 / (index + 1), "timestamp": 1, "step": 0}
        pair = {"key": "lr", "value": str(index)}
        batch = {"run_id": run_id, "params": [pair], "tags": [pair], "metrics": [point]}
        post(server, "runs/log-batch", batch)
    return experiment


def cases(server: str, phi3ml: str, folder: Path, runs: int) -> Iterator[Case]:
    name = {"name": f"bench-{time.time_ns()}"}
    experiment = post(server, "experiments/create", name)["experiment_id"]

    one = new_run(server, experiment)
    for kind, verb, pair, call in [
        ("one metric", "log-metrics", "loss=0.5", f"log_metric({one!r}, 'loss', 0.5)"),
        ("one param", "log-params", "lr=0.1", f"log_param({one!r}, 'lr', 0.1)"),
        ("one tag", "set-tags", "stage=ci", f"set_tag({one!r}, 'stage', 'ci')"),
    ]:
        yield Case(
            kind,
            1,
            lambda verb=verb, pair=pair: [[phi3ml, verb, "--run-id", one, pair]],
            lambda call=call: f"from mlflow import MlflowClient\nMlflowClient().{call}",
        )

    lines = [{"type": "param", "key": f"p{index}", "value": str(index)} for index in range(100)]
    lines += [{"key": "loss", "value": 1 / (step + 1), "step": step} for step in range(1000)]
    whole = folder / "run.jsonl"
    whole.write_text("\n".join(map(json.dumps, lines)))
    script = (
        "import json, time\n"
        "from mlflow import MlflowClient\n"
        "from mlflow.entities import Metric, Param\n"
        f"lines = [json.loads(line) for line in open({str(whole)!r})]\n"
        "client, now = MlflowClient(), int(time.time() * 1000)\n"
        f"run = client.create_run({experiment!r}).info.run_id\n"
        "params = [Param(x['key'], x['value']) for x in lines if 'type' in x]\n"
        "metrics = [Metric(x['key'], x['value'], now, x['step']) for x in lines if 'type' not in x]\n"
        "client.log_batch(run, params=params)\n"
        "client.log_batch(run, metrics=metrics)\n"
        "client.set_terminated(run)\n"
    )
    shell = (
        f"run=$('{phi3ml}' runs create --experiment-id {experiment} -o json"
        " | sed -n 's/.*\"run_id\":\"\\([0-9a-f]*\\)\".*/\\1/p') && "
        f"'{phi3ml}' log-batch --run-id $run '{whole}' && '{phi3ml}' runs finish $run"
    )
    yield Case(
        "1 run, 100 params, 1,000 metrics",
        1,
        lambda: [["sh", "-c", shell]],
        lambda: script,
    )

    points = folder / "points.jsonl"
    with points.open("w") as file:
        for step in range(100_000):
            file.write(json.dumps({"key": "loss", "value": step / 7, "step": step}) + "\n")

    def history() -> str:
        return (
            "import json, time\n"
            "from mlflow import MlflowClient\n"
            "from mlflow.entities import Metric\n"
            "client, now, pending = MlflowClient(), int(time.time() * 1000), []\n"
            f"run = {new_run(server, experiment)!r}\n"
            f"for line in open({str(points)!r}):\n"
            "    x = json.loads(line)\n"
            "    pending.append(Metric(x['key'], x['value'], now, x['step']))\n"
            "    if len(pending) == 1000:\n"
            "        client.log_batch(run, metrics=pending)\n"
            "        pending = []\n"
        )

    yield Case(
        "100,000 metrics from a file",
        3,
        lambda: [[phi3ml, "log-batch", "--run-id", new_run(server, experiment), str(points)]],
        history,
    )

    listed = ""

    def experiment_of_runs() -> str:
        nonlocal listed
        listed = listed or many_runs(server, runs)
        return listed

    yield Case(
        f"list of {runs:,} runs",
        2,
        lambda: [[phi3ml, "runs", "list", "--experiment-id", experiment_of_runs(), "-o", "jsonl"]],
        lambda: (
            "from mlflow import MlflowClient\n"
            "client, token = MlflowClient(), None\n"
            "while True:\n"
            f"    page = client.search_runs([{experiment_of_runs()!r}], page_token=token)\n"
            "    for run in page:\n"
            "        print(run.info.run_id, run.info.status, run.data.metrics)\n"
            "    token = page.token\n"
            "    if not token:\n"
            "        break\n"
        ),
    )


def compare(case: Case, rounds: int, environment: dict[str, str]) -> None:
    ours, theirs = [], []
    for _ in range(max(1, rounds // case.rounds)):
        # In turns, so that a busy moment meets both.
        ours.append(run(case.phi3ml(), environment))
        theirs.append(run([[sys.executable, "-c", case.python()]], environment))

    def median(of: list[Spent], what: str) -> float:
        return statistics.median(getattr(spent, what) for spent in of)

    wall = median(ours, "wall"), median(theirs, "wall")
    cpu = median(ours, "cpu"), median(theirs, "cpu")
    memory = median(ours, "memory"), median(theirs, "memory")
    print(
        f"| {case.name} | {len(ours)} | {wall[0]:.3f} | {wall[1]:.3f} | {wall[0] / wall[1]:.3f} "
        f"| {cpu[0]:.2f} / {cpu[1]:.2f} | {memory[0]:.0f} / {memory[1]:.0f} |",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--phi3ml", default="target/release/phi3ml")
    parser.add_argument("--rounds", type=int, default=5, help="of the short jobs; fewer of the long")
    parser.add_argument("--runs", type=int, default=10_000, help="how many runs are listed")
    parser.add_argument("--server", help="the address of a server to take")
    parser.add_argument("--only", default="", help="only jobs whose name holds this")
    arguments = parser.parse_args()
    phi3ml = str(Path(arguments.phi3ml).resolve())
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory(prefix="phi3ml-bench-") as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        server = arguments.server or stack.enter_context(own_server(folder))
        environment = {**os.environ, **QUIET, "MLFLOW_TRACKING_URI": server}
        print("| job | rounds | phi3ml s | Python s | ratio | CPU s | MB |")
        print("| --- | --- | --- | --- | --- | --- | --- |")
        for case in cases(server, phi3ml, folder, arguments.runs):
            if arguments.only in case.name:
                compare(case, arguments.rounds, environment)


if __name__ == "__main__":
    main()
