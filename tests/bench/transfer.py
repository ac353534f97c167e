"""Times whole processes that move artifacts: phi3ml, the Python client and curl, in interleaved pairs.

    python tests/bench/transfer.py --phi3ml target/release/phi3ml --python ~/.cache/phi3ml-tests/mlflow3-…/bin/python

One MLflow server on local files serves all of them. Each job runs once for each program in turn, `--rounds`
times; what is printed is the median of the ratios of neighbours, with wall time, CPU time and peak memory.
phi3ml packs a model with further files, so that its uploads are those of `log-model`, and its downloads those
of `models download`; the others move the same files. Quiet machines only: nothing here is asserted.
"""

import argparse
import json
import os
import pathlib
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

ENVIRONMENT = {**os.environ, "MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "true"}

PYTHON_UP = """
import sys, mlflow
mlflow.set_tracking_uri(sys.argv[1])
with mlflow.start_run() as run:
    mlflow.log_artifacts(sys.argv[2])
    print(run.info.run_id)
"""
PYTHON_DOWN = """
import sys, mlflow
mlflow.set_tracking_uri(sys.argv[1])
mlflow.artifacts.download_artifacts(artifact_uri=sys.argv[2], dst_path=sys.argv[3])
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


class Run:
    """What one process took."""

    def __init__(self, wall, cpu, memory, output):
        self.wall, self.cpu, self.memory, self.output = wall, cpu, memory, output


def run(command, **options):
    """Runs a command to its end; its own CPU time and peak memory come from `wait4`."""
    started = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, **options)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - started
        output.seek(0)
        text = output.read().decode(errors="replace")
    if status != 0:
        sys.exit(f"{command} failed: {text}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, text)


class Server:
    """MLflow on local files."""

    def __init__(self, python, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        command = [python, "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", str(port)]
        command += ["--workers", "2", "--backend-store-uri", f"sqlite:///{folder}/mlflow.db"]
        command += ["--artifacts-destination", f"{folder}/artifacts"]
        with open(folder / "log", "w") as log:
            self.process = subprocess.Popen(
                command, stdout=log, stderr=log, env=ENVIRONMENT, start_new_session=True
            )
        while True:
            try:
                urllib.request.urlopen(f"{self.url}/health")
                return
            except OSError:
                time.sleep(0.1)

    def stop(self):
        os.killpg(self.process.pid, 15)
        self.process.wait()


def write_files(folder, count, size):
    folder.mkdir()
    for number in range(count):
        with open(folder / f"file {number}.bin", "wb") as file:
            for _ in range(max(1, size // (1 << 20))):
                file.write(os.urandom(min(size, 1 << 20)))
    return folder


def model_with(source, files, folder):
    shutil.copytree(source, folder)
    for file in files.iterdir():
        os.link(file, folder / file.name)
    return folder


def show(job, name, pairs):
    """One line for a job: phi3ml beside another program."""
    ratio = statistics.median(ours.wall / theirs.wall for ours, theirs in pairs)
    cpu = statistics.median(ours.cpu / max(theirs.cpu, 1e-3) for ours, theirs in pairs)
    ours, theirs = zip(*pairs)
    median = lambda runs, what: statistics.median(getattr(run, what) for run in runs)
    print(
        f"{job:28} / {name:6}  wall {ratio:5.2f}x ({median(ours, 'wall'):6.2f} s / {median(theirs, 'wall'):6.2f} s)"
        f"  cpu {cpu:5.2f}x  memory {median(ours, 'memory'):4.0f} MB / {median(theirs, 'memory'):4.0f} MB",
        flush=True,
    )


class Bench:
    def __init__(self, options, work):
        self.options, self.work = options, work
        self.server = Server(options.python, work)
        self.base = f"{self.server.url}/api/2.0/mlflow-artifacts/artifacts"
        state = {name: str(work / name) for name in ("cache", "state", "data")}
        self.environment = ENVIRONMENT | {
            "MLFLOW_TRACKING_URI": self.server.url,
            "PHI3ML_CACHE_DIR": state["cache"],
            "PHI3ML_STATE_DIR": state["state"],
            "PHI3ML_DATA_DIR": state["data"],
        }

    def phi3ml(self, *arguments):
        return run([self.options.phi3ml, *arguments, "-o", "json", "-q"], env=self.environment)

    def python(self, script, *arguments):
        return run([self.options.python, "-c", script, self.server.url, *arguments], env=ENVIRONMENT)

    def curl(self, *arguments):
        return run(["curl", "--silent", "--fail", "--show-error", *arguments])

    def clear(self, *folders):
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)

    def files(self, job, count, size, with_curl):
        """`count` files of `size` bytes, up and down."""
        files = write_files(self.work / job, count, size)
        model = model_with(self.options.model, files, self.work / f"{job}-model")
        up, down = {}, {}
        for _ in range(self.options.rounds):
            ours = self.phi3ml("log-model", str(model))
            told = json.loads(ours.output)
            theirs = self.python(PYTHON_UP, str(files))
            up.setdefault("python", []).append((ours, theirs))
            here, there = self.work / "ours", self.work / "theirs"
            back = self.phi3ml("models", "download", told["model_uri"], "-d", str(here))
            run_id = next(word for word in theirs.output.split() if len(word) == 32 and word.isalnum())
            python_back = self.python(PYTHON_DOWN, f"runs:/{run_id}", str(there))
            down.setdefault("python", []).append((back, python_back))
            if with_curl:
                parallel = ["--parallel", "--parallel-max", "8"] if count > 1 else []
                listed, fetched = [], []
                for number, file in enumerate(sorted(files.iterdir())):
                    url = f"{self.base}/curl/{number}"
                    listed += ["--upload-file", str(file), url]
                    fetched += [url, "--output", str(self.work / f"curl-{number}")]
                up.setdefault("curl", []).append((ours, self.curl(*parallel, *listed)))
                down.setdefault("curl", []).append((back, self.curl(*parallel, *fetched)))
                for file in self.work.glob("curl-*"):
                    file.unlink()
            self.clear(here, there, self.work / "artifacts")
        for name in up:
            show(f"{job} up", name, up[name])
            show(f"{job} down", name, down[name])
        self.clear(files, model)

    def log_model(self):
        """`log-model` of 1 GiB beside `mlflow.pyfunc.log_model`."""
        files = write_files(self.work / "weights", 1, 1 << 30)
        model = model_with(self.options.model, files, self.work / "model")
        pairs = []
        for _ in range(self.options.rounds):
            ours = self.phi3ml("log-model", str(model))
            pairs.append((ours, self.python(PYTHON_LOG_MODEL, str(model))))
            self.clear(self.work / "artifacts")
        show("log-model 1 GiB", "python", pairs)
        self.clear(files, model)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--phi3ml", required=True)
    parser.add_argument("--python", required=True, help="an interpreter with MLflow 3.17.2")
    parser.add_argument("--model", type=pathlib.Path, default="fixtures/models/phi3-tiny")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--work", help="a folder with room for 20 GB")
    parser.add_argument("jobs", nargs="*", default=["small", "1gib", "3gib", "log-model"])
    options = parser.parse_args()
    options.phi3ml = os.path.abspath(options.phi3ml)
    print(f"load {os.getloadavg()}, {os.cpu_count()} cores, {options.rounds} rounds")
    with tempfile.TemporaryDirectory(dir=options.work, prefix="phi3ml-bench-") as work:
        bench = Bench(options, pathlib.Path(work))
        try:
            jobs = {
                "small": lambda: bench.files("1000 x 2 KiB", 1000, 2048, True),
                "1gib": lambda: bench.files("1 GiB", 1, 1 << 30, True),
                "3gib": lambda: bench.files("3 GiB", 1, 3 << 30, True),
                "log-model": bench.log_model,
            }
            for job in options.jobs:
                jobs[job]()
        finally:
            bench.server.stop()
    print(f"peak memory of any child: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
