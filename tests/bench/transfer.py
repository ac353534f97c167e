"""Time how phi3ml moves artifacts beside MLflow's Python client and curl on the same server: whole processes, in turns.

    python tests/bench/transfer.py [--phi3ml target/release/phi3ml] [--rounds 7] [JOB …]

Run it with the tests' own virtual environment of MLflow 3 (`tests/python/mlflow3.txt`). It starts a server on local
files, moves the same files with each program, and prints the medians of the ratios of neighbours. curl moves bytes and
does nothing else: it makes no run, lists nothing and checks nothing.
"""

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from measure import QUIET, Spent, own_server, run

PYTHON_UP = """
import sys, mlflow
mlflow.MlflowClient(sys.argv[1]).log_artifacts(sys.argv[2], sys.argv[3])
"""
PYTHON_DOWN = """
import sys, mlflow
mlflow.set_tracking_uri(sys.argv[1])
mlflow.artifacts.download_artifacts(run_id=sys.argv[2], artifact_path="", dst_path=sys.argv[3])
"""
PYTHON_LOG_MODEL = """
import sys, mlflow
mlflow.set_tracking_uri(sys.argv[1])

class Model(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input: list[str]) -> list[str]:
        return model_input

with mlflow.start_run():
    mlflow.pyfunc.log_model(name="model", python_model=Model(), artifacts={"model": sys.argv[2]},
                            pip_requirements=["mlflow"])
"""


@dataclass
class Turns:
    """The rounds of one job: what each program took, one beside the other."""

    job: str
    spent: dict[str, list[Spent]] = field(default_factory=dict)

    def add(self, name: str, spent: Spent) -> None:
        self.spent.setdefault(name, []).append(spent)

    def show(self) -> None:
        ours = self.spent.pop("phi3ml")
        for name, theirs in self.spent.items():
            ratio = {what: self.ratio(ours, theirs, what) for what in ("wall", "cpu")}
            middle = {what: [median(of, what) for of in (ours, theirs)] for what in ("wall", "cpu", "memory")}
            print(
                f"| {self.job} | {name} | {len(ours)} | {middle['wall'][0]:.2f} | {middle['wall'][1]:.2f} "
                f"| {ratio['wall']:.2f} | {middle['cpu'][0]:.2f} / {middle['cpu'][1]:.2f} = {ratio['cpu']:.2f} "
                f"| {middle['memory'][0]:.0f} / {middle['memory'][1]:.0f} |",
                flush=True,
            )

    @staticmethod
    def ratio(ours: list[Spent], theirs: list[Spent], what: str) -> float:
        return statistics.median(getattr(a, what) / max(getattr(b, what), 1e-3) for a, b in zip(ours, theirs))


def median(spent: list[Spent], what: str) -> float:
    return statistics.median(getattr(one, what) for one in spent)


class Bench:
    def __init__(self, options: argparse.Namespace, server: str, work: Path) -> None:
        self.options, self.server, self.work = options, server, work
        self.theirs = {**os.environ, **QUIET}
        folders = {f"PHI3ML_{name}_DIR": str(work / name.lower()) for name in ("CACHE", "STATE", "DATA")}
        self.ours = {**self.theirs, **folders, "MLFLOW_TRACKING_URI": server}
        self.curl_base = f"{server}/api/2.0/mlflow-artifacts/artifacts/curl"

    def phi3ml(self, *arguments: str) -> Spent:
        return run([[self.options.phi3ml, *arguments, "-q"]], self.ours)

    def python(self, script: str, *arguments: str) -> Spent:
        return run([[sys.executable, "-c", script, self.server, *arguments]], self.theirs)

    def curl(self, count: int, *arguments: str) -> Spent:
        several = ["--parallel", "--parallel-max", "8"] if count > 1 else []
        return run([["curl", "--silent", "--fail", "--show-error", *several, *arguments]], self.theirs)

    def new_run(self) -> str:
        return json.loads(self.phi3ml("runs", "create", "--output", "json").said)["run_id"]

    def files(self, job: str, count: int, size: int) -> None:
        """`count` files of `size` bytes, up and down."""
        files = write_files(self.work / "files", count, size)
        names = sorted(files.iterdir())
        up, down = Turns(f"{job} up"), Turns(f"{job} down")
        urls = [f"{self.curl_base}/{number}" for number in range(count)]
        sent = [word for name, url in zip(names, urls) for word in ("--upload-file", str(name), url)]
        back = self.work / "back"
        got = [word for number, url in enumerate(urls) for word in (url, "--output", str(back / str(number)))]
        for _ in range(self.options.rounds):
            ours, theirs = self.new_run(), self.new_run()
            up.add("phi3ml", self.phi3ml("log-artifacts", "--run-id", ours, str(files)))
            up.add("curl", self.curl(count, *sent))
            up.add("python", self.python(PYTHON_UP, theirs, str(files)))
            down.add("phi3ml", self.phi3ml("artifacts", "download", "--run-id", ours, "-d", str(back)))
            self.empty(back)
            down.add("curl", self.curl(count, *got))
            self.empty(back)
            down.add("python", self.python(PYTHON_DOWN, theirs, str(back)))
            self.empty(back)
            self.empty(self.work / "artifacts")
        up.show()
        down.show()
        shutil.rmtree(files)

    def log_model(self) -> None:
        """`log-model` of a 1 GiB folder beside `mlflow.pyfunc.log_model`."""
        model = self.work / "model"
        shutil.copytree(self.options.model, model)
        write_files(model / "more", 1, 1 << 30)
        turns = Turns("log-model 1 GiB")
        for _ in range(self.options.rounds):
            turns.add("phi3ml", self.phi3ml("log-model", str(model)))
            self.empty(self.work / "artifacts")
            turns.add("python", self.python(PYTHON_LOG_MODEL, str(model)))
            self.empty(self.work / "artifacts")
        turns.show()
        shutil.rmtree(model)

    @staticmethod
    def empty(folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()


def write_files(folder: Path, count: int, size: int) -> Path:
    folder.mkdir(parents=True)
    for number in range(count):
        with open(folder / f"file {number}.bin", "wb") as file:
            for _ in range(max(1, size >> 20)):
                file.write(os.urandom(min(size, 1 << 20)))
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--phi3ml", default="target/release/phi3ml")
    parser.add_argument("--model", type=Path, default="fixtures/models/phi3-tiny")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--work", help="a folder with room for 20 GB")
    parser.add_argument("jobs", nargs="*", default=["small", "1gib", "3gib", "log-model"])
    options = parser.parse_args()
    options.phi3ml = str(Path(options.phi3ml).resolve())
    print("| job | beside | rounds | phi3ml s | other s | wall | CPU s | MB |\n|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(dir=options.work, prefix="phi3ml-bench-") as name, own_server(Path(name)) as server:
        bench = Bench(options, server, Path(name))
        jobs = {
            "small": lambda: bench.files("1,000 × 2 KiB", 1000, 2048),
            "1gib": lambda: bench.files("1 GiB", 1, 1 << 30),
            "3gib": lambda: bench.files("3 GiB", 1, 3 << 30),
            "log-model": bench.log_model,
        }
        for job in options.jobs:
            jobs[job]()


if __name__ == "__main__":
    main()
