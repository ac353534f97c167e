"""Time `phi3ml predict` beside onnxruntime-genai on the same model and library: whole processes, one after the other.

    python tests/bench/predict.py [--model DIR] [--phi3ml target/release/phi3ml] [--rounds 5] [--only NAME]

Run it with the tests' own virtual environment of MLflow 3 (`tests/python/mlflow3.txt`), which has onnxruntime-genai
and the ONNX Runtime library that both programs then use. `--model` is a folder that `make_model.py` wrote, or any
other for ONNX Runtime GenAI; without it only the tiny fixture is timed. Prints the medians.
"""

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TINY = ROOT / "fixtures/models/phi3-tiny"
QUESTION = "What is the capital of Spain?"

# A process that is started counts the memory of the one that started it as its own until then, so that a small one
# has to start it. Also tells when the first byte came.
LAUNCHER = """
import json, os, sys, time
said, errors = os.pipe(), int(sys.argv[1])
files = [(os.POSIX_SPAWN_DUP2, said[1], 1), (os.POSIX_SPAWN_DUP2, errors, 2), (os.POSIX_SPAWN_CLOSE, said[0])]
started = time.perf_counter()
pid = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ, file_actions=files)
os.close(said[1])
text, first = b"", None
while piece := os.read(said[0], 65536):
    first = first or time.perf_counter() - started
    text += piece
_, status, used = os.wait4(pid, 0)
wall = time.perf_counter() - started
told = {"status": status, "first": first or wall, "wall": wall, "memory": used.ru_maxrss / 1024, "text": text.decode()}
print(json.dumps(told))
"""

# The same work as a script of onnxruntime-genai does it; says something as soon as it has the first token.
GENAI = """
import json, sys, time
import onnxruntime_genai as og
asked = json.loads(sys.argv[1])
config = og.Config(asked["model"])
session = {"intra_op_num_threads": asked["threads"]}
config.overlay(json.dumps({"model": {"decoder": {"session_options": session}}}))
model = og.Model(config)
tokenizer = og.Tokenizer(model)
stream = tokenizer.create_stream()
for prompt in asked["prompts"]:
    tokens = tokenizer.encode(prompt)
    options = {"max_length": asked["max_length"]} if asked["max_length"] else {}
    if not asked["ends"]:
        options["min_length"] = len(tokens) + asked["new_tokens"] + 1
    params = og.GeneratorParams(model)
    params.set_search_options(**options)
    begun = time.perf_counter()
    generator = og.Generator(model, params)
    generator.append_tokens(tokens)
    generator.generate_next_token()
    first = time.perf_counter()
    text = stream.decode(generator.get_next_tokens()[0])
    made = 1
    if asked["new_tokens"] == 1:
        print("first", flush=True)
    while made < asked["new_tokens"] and not generator.is_done():
        generator.generate_next_token()
        text += stream.decode(generator.get_next_tokens()[0])
        made += 1
    seconds = time.perf_counter() - first
    told = {"prompt_tokens": len(tokens), "prefill": len(tokens) / (first - begun), "made": made, "text": text}
    if made > 1:
        told["decode"] = (made - 1) / seconds
    print(json.dumps(told), flush=True)
"""


@dataclass
class Job:
    """One thing to do, for both programs."""

    name: str
    what: str
    prompts: list[str]
    new_tokens: int
    # Of a run: seconds, or tokens a second, or megabytes.
    measure: Callable[[dict], float]
    rounds: int
    max_length: int | None = None
    ends: bool = False
    model: Path | None = None
    engine: str = "ort"


def launch(command: list[str], environment: dict[str, str]) -> dict:
    with tempfile.TemporaryFile() as errors:
        launcher = [sys.executable, "-I", "-S", "-c", LAUNCHER, str(errors.fileno()), *command]
        told = subprocess.run(launcher, env=environment, pass_fds=[errors.fileno()], stdout=subprocess.PIPE, check=True)
        told = json.loads(told.stdout)
        if told["status"] != 0:
            errors.seek(0)
            sys.exit(f"{' '.join(command)[:300]} failed:\n{errors.read().decode()[-3000:]}")
    return told


def lines(told: dict) -> list[dict]:
    return [json.loads(line) for line in told["text"].splitlines() if line.startswith("{")]


class Bench:
    """Both programs, with the same model, library and number of threads."""

    def __init__(self, given: argparse.Namespace, folder: Path):
        package = importlib.util.find_spec("onnxruntime").submodule_search_locations[0]
        self.library = next(Path(package, "capi").glob("libonnxruntime.so.*"))
        self.phi3ml, self.threads = str(Path(given.phi3ml).resolve()), given.threads
        self.rows = folder / "rows.jsonl"
        state = {"PHI3ML_STATE_DIR": str(folder), "PHI3ML_CACHE_DIR": str(folder), "PHI3ML_DATA_DIR": str(folder)}
        self.environment = {**os.environ, **state}

    def ours(self, job: Job) -> dict:
        self.rows.write_text("".join(json.dumps({"prompt": prompt}) + "\n" for prompt in job.prompts))
        command = [self.phi3ml, "predict", "-q", "-m", str(job.model), "-i", str(self.rows), "-o", "jsonl"]
        command += ["--engine", job.engine, "--ort-lib", str(self.library), "--threads", str(self.threads)]
        command += ["--max-tokens", str(job.new_tokens)]
        if job.max_length:
            command += ["--max-length", str(job.max_length)]
        if not job.ends:
            command += ["--raw", "--min-length", str(1 << 20)]
        told = launch(command, self.environment)
        for row in lines(told):
            timings = row["timings"]
            told["prompt_tokens"] = row["usage"]["prompt_tokens"]
            told["prefill"] = timings["prompt_tokens_per_second"]
            told["decode"] = timings["tokens_per_second"]
            told["output"] = row["output"]
        return told

    def theirs(self, job: Job) -> dict:
        prompts = [f"<|user|>\n{prompt}<|end|>\n<|assistant|>\n" for prompt in job.prompts] if job.ends else job.prompts
        asked = {"model": str(job.model), "threads": self.threads, "prompts": prompts, "new_tokens": job.new_tokens}
        asked |= {"max_length": job.max_length, "ends": job.ends}
        told = launch([sys.executable, "-c", GENAI, json.dumps(asked)], self.environment)
        for row in lines(told):
            told |= row
            # A token that the tokenizer does not know has this name there, and no text here.
            told["output"] = row["text"].replace("<unk>", "")
        return told

    def tokens_of(self, model: Path, text: str) -> int:
        job = Job("", "", [text], 1, lambda told: 0.0, 1, model=model, engine="rten")
        return self.ours(job)["prompt_tokens"]

    def text_of(self, model: Path, tokens: int, word: str = "one") -> str:
        """A text of about so many tokens; both programs read it as the same."""
        each = (self.tokens_of(model, f" {word}" * 40) - self.tokens_of(model, f" {word}" * 20)) / 20
        return f"{word} " * max(1, round(tokens / each) - 1) + word

    def compare(self, job: Job) -> None:
        ours, theirs = [], []
        for _ in range(job.rounds):
            # In turns, so that a busy moment meets both.
            ours.append(self.ours(job))
            theirs.append(self.theirs(job))
        mine, other = ([job.measure(told) for told in runs] for runs in (ours, theirs))
        mine, other = statistics.median(mine), statistics.median(other)
        memory = [statistics.median(told["memory"] for told in runs) for runs in (ours, theirs)]
        tokens = {told["prompt_tokens"] for told in ours + theirs}
        if len(tokens) > 1:
            print(f"warning: prompts of {tokens} tokens in `{job.name}`", file=sys.stderr)
        texts = {told["output"].strip() for told in ours + theirs}
        same = "-" if texts == {""} else "yes" if len(texts) == 1 else "no"
        print(
            f"| {job.name} | {job.what} | {len(ours)} | {mine:.3f} | {other:.3f} | {mine / other:.2f} "
            f"| {memory[0]:.0f} / {memory[1]:.0f} | {memory[0] / memory[1]:.2f} | {same} |",
            flush=True,
        )


def jobs(bench: Bench, given: argparse.Namespace) -> dict[str, Callable[[], Job]]:
    """Those of the tiny model, and those of the one that was given; texts are made only for those that run."""
    first, wall = lambda told: told["first"], lambda told: told["wall"]
    prefill, decode = lambda told: told["prefill"], lambda told: told["decode"]
    model, rounds = given.model and given.model.resolve(), given.rounds
    made = {}
    for engine in ("ort", "rten"):
        made[f"tiny, start to answer, {engine}"] = lambda engine=engine: Job(
            f"tiny, start to answer, {engine}", "s", [QUESTION], 40, wall, rounds, ends=True, model=TINY, engine=engine)
    if model is None:
        return made

    def text(tokens: int) -> str:
        return bench.text_of(model, tokens)

    def many() -> list[str]:
        shared = text(512)
        tails = [bench.text_of(model, 32, word) for word in ("two", "red", "cat", "sun", "the", "and", "day", "man")]
        return [f"{shared} {index} {tails[index % len(tails)]}" for index in range(64)]

    name = model.name
    for label, length in (("default max_length", None), ("max_length 256", 256)):
        made[f"{name}, start to first token, {label}"] = lambda label=label, length=length: Job(
            f"{name}, start to first token, {label}", "s", [text(16)], 1, first, rounds, length, model=model)
    made[f"{name}, start to first token, rten"] = lambda: Job(
        f"{name}, start to first token, rten", "s", [text(16)], 1, first, rounds, model=model, engine="rten")
    made[f"{name}, decode"] = lambda: Job(
        f"{name}, decode", "tokens/s", [text(16)], 65, decode, rounds, 256, model=model)
    made[f"{name}, prefill 512"] = lambda: Job(
        f"{name}, prefill 512", "tokens/s", [text(512)], 1, prefill, rounds, 640, model=model)
    made[f"{name}, prefill 2048"] = lambda: Job(
        f"{name}, prefill 2048", "tokens/s", [text(2048)], 1, prefill, max(1, rounds // 2), 2176, model=model)
    made[f"{name}, 64 prompts"] = lambda: Job(
        f"{name}, 64 prompts", "s", many(), 16, wall, max(1, rounds // 3), 640, model=model)
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--phi3ml", default="target/release/phi3ml")
    parser.add_argument("--model", type=Path, help="folder of the model, besides the tiny fixture")
    parser.add_argument("--threads", type=int, default=2, help="for both programs")
    parser.add_argument("--rounds", type=int, default=5, help="fewer of the long jobs")
    parser.add_argument("--only", default="", help="only jobs whose name holds this")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="phi3ml-bench-") as folder:
        bench = Bench(given, Path(folder))
        print("| job | in | rounds | phi3ml | onnxruntime-genai | ratio | peak MB | ratio | same text |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
        for name, job in jobs(bench, given).items():
            if given.only in name:
                bench.compare(job())


if __name__ == "__main__":
    main()
