"""Writes `phi3-tiny.sampled.json`: what onnxruntime-genai answers under other search settings.

The settings reach every part of the search: truncation by `top_k` and `top_p`, seeds, temperature,
the repetition penalty, `min_length`, `no_repeat_ngram_size` and `max_length`.
"""

import json
import sys
from pathlib import Path
from typing import Any

import onnxruntime_genai as og

# The number of the prompt in `phi3-tiny.expected.json`, and how it is to be answered.
CASES: list[tuple[int, dict[str, Any]]] = [
    (0, dict(do_sample=True, top_k=50, top_p=1.0, temperature=1.0, random_seed=0)),
    (0, dict(do_sample=True, top_k=50, top_p=1.0, temperature=3.0, random_seed=1)),
    (1, dict(do_sample=True, top_k=10, top_p=0.9, temperature=3.0, random_seed=2)),
    (2, dict(do_sample=True, top_k=40, top_p=0.95, temperature=5.0, random_seed=3)),
    (3, dict(do_sample=True, top_k=5, top_p=0.8, temperature=2.0, random_seed=42)),
    (4, dict(do_sample=True, top_k=300, top_p=0.99, temperature=4.0, random_seed=7)),
    (5, dict(do_sample=True, top_k=611, top_p=0.0, temperature=6.0, random_seed=4294967)),
    (6, dict(do_sample=True, top_k=0, top_p=0.9, temperature=4.0, random_seed=3)),
    (6, dict(do_sample=True, top_k=0, top_p=0.6, temperature=2.0, random_seed=11)),
    (7, dict(do_sample=True, top_k=0, top_p=0.0, temperature=4.0, random_seed=3)),
    (7, dict(do_sample=True, top_k=0, top_p=1.0, temperature=4.0, random_seed=3)),
    (8, dict(do_sample=True, top_k=1, random_seed=3)),
    (8, dict(do_sample=True, top_k=50, temperature=0.0, random_seed=3)),
    (9, dict(do_sample=True, top_k=50, top_p=0.9, temperature=3.0, random_seed=5, repetition_penalty=1.3)),
    (10, dict(do_sample=True, top_k=50, top_p=0.9, temperature=0.7, random_seed=5, min_length=30)),
    (11, dict(repetition_penalty=1.5)),
    (12, dict(min_length=30)),
    (13, dict(no_repeat_ngram_size=2, repetition_penalty=0.7)),
    (14, dict(max_length=15)),
    (15, dict(do_sample=True, top_k=50, top_p=0.95, temperature=2.5, random_seed=2147483647, no_repeat_ngram_size=3)),
]

# Where a case does not say how long the answer may be.
MAX_LENGTH = 48


def answer(model: og.Model, prompt_ids: list[int], search: dict[str, Any]) -> list[int]:
    """Returns the tokens of the answer."""
    params = og.GeneratorParams(model)
    params.set_search_options(**search)
    generator = og.Generator(model, params)
    generator.append_tokens(prompt_ids)
    tokens = []
    while not generator.is_done():
        generator.generate_next_token()
        tokens.append(int(generator.get_next_tokens()[0]))
    return tokens


def main(models: Path) -> None:
    """Answers every case with the model in `models` and writes the file beside it."""
    model = og.Model(str(models / "phi3-tiny"))
    expected = json.loads((models / "phi3-tiny.expected.json").read_text(encoding="utf-8"))
    prompts = list(expected)
    lines = []
    for number, settings in CASES:
        prompt = prompts[number]
        search = settings | {"max_length": settings.get("max_length", MAX_LENGTH)}
        tokens = answer(model, expected[prompt]["prompt_ids"], search)
        case = {"prompt": prompt, "search": search, "output_ids": tokens}
        lines.append("  " + json.dumps(case, ensure_ascii=False))
    text = "[\n" + ",\n".join(lines) + "\n]\n"
    (models / "phi3-tiny.sampled.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
