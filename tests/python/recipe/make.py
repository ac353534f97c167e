"""Makes the models of `fixtures/models`.

Usage: make.py OUT
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import expected
import tokenizer
import train
from questions import ANSWERS

PRECISIONS = {"phi3-tiny": "int4", "phi3-tiny-fp32": "fp32"}
TOKENIZER_FILES = ["tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"]


def export(checkpoint: Path, folder: Path, precision: str) -> None:
    """Exports with the model builder; the tokenizer's files stay as they were made."""
    cache = folder.with_name("builder-cache")
    command = [sys.executable, "-m", "onnxruntime_genai.models.builder", "-e", "cpu"]
    command += ["-i", checkpoint, "-o", folder, "-c", cache, "-p", precision]
    if precision == "int4":
        command += ["--extra_options", "block_size=32", "accuracy_level=4"]
    subprocess.run(command, check=True)
    shutil.rmtree(cache, ignore_errors=True)
    (folder / "chat_template.jinja").unlink(missing_ok=True)
    for name in TOKENIZER_FILES:
        shutil.copy(checkpoint / name, folder)
    added = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["added_tokens"]
    special = {token["content"]: token["id"] for token in added if token["id"] > 2}
    (folder / "added_tokens.json").write_text(json.dumps(special, indent=2), encoding="utf-8")


def main(out: Path) -> None:
    checkpoint = out / "phi3-tiny-hf"
    tokenizer.write(checkpoint)
    train.write(checkpoint)
    for name, precision in PRECISIONS.items():
        export(checkpoint, out / name, precision)
    told = [expected.answers(out / name) for name in PRECISIONS]
    if told[0] != told[1]:
        raise SystemExit("int4 and fp32 answer differently")
    for question, answer in ANSWERS.items():
        if told[0][question]["text"].removeprefix(" ") != answer:
            raise SystemExit(f"{question!r} is answered with {told[0][question]['text']!r}")
    (out / "phi3-tiny.expected.json").write_text(expected.dumps(told[0]), encoding="utf-8")


main(Path(sys.argv[1]))
