"""Writes `phi3-tiny.beams.json` and `phi3-tiny-fp32.beams.json`: what onnxruntime-genai finds by beam search.

Every prompt is asked under every setting; the settings reach every part of the search: the number of beams and of
sequences, the length penalty on both sides of zero, early stopping, a length that cuts answers short, and what else
changes the logits.
"""

import json
import sys
from pathlib import Path
from typing import Any

import onnxruntime_genai as og

SETTINGS: list[dict[str, Any]] = [
    dict(num_beams=2),
    dict(num_beams=3, num_return_sequences=3, length_penalty=0.0, early_stopping=False),
    dict(num_beams=4, num_return_sequences=4),
    dict(num_beams=4, num_return_sequences=2, length_penalty=-2.0, early_stopping=False),
    dict(num_beams=8, num_return_sequences=8, length_penalty=2.0, early_stopping=False),
    dict(num_beams=8, num_return_sequences=2, max_length=18),
    dict(num_beams=3, num_return_sequences=2, repetition_penalty=1.3),
    dict(num_beams=4, num_return_sequences=2, min_length=30, early_stopping=False),
    dict(num_beams=2, num_return_sequences=2, no_repeat_ngram_size=2, length_penalty=0.6),
]

# Where a setting does not say how long the answer may be.
MAX_LENGTH = 40


def search(model: og.Model, prompt_ids: list[int], settings: dict[str, Any]) -> list[list[int]]:
    """Returns the tokens of the answers, the best first; the end token is not among them."""
    params = og.GeneratorParams(model)
    params.set_search_options(**settings)
    generator = og.Generator(model, params)
    generator.append_tokens(prompt_ids)
    while not generator.is_done():
        generator.generate_next_token()
    sequences = (generator.get_sequence(index) for index in range(settings.get("num_return_sequences", 1)))
    return [[int(token) for token in sequence[len(prompt_ids) :]] for sequence in sequences]


def main(models: Path, name: str) -> None:
    """Asks every prompt under every setting with one of the `models` and writes the file beside it."""
    model = og.Model(str(models / name))
    expected = json.loads((models / "phi3-tiny.expected.json").read_text(encoding="utf-8"))
    lines = []
    for prompt, reference in expected.items():
        prompt_ids = reference["prompt_ids"]
        for settings in SETTINGS:
            settings = settings | {"max_length": settings.get("max_length", MAX_LENGTH)}
            if len(prompt_ids) >= settings["max_length"]:
                continue
            sequences = search(model, prompt_ids, settings)
            case = {"prompt": prompt, "search": settings, "sequences": sequences}
            lines.append("  " + json.dumps(case, ensure_ascii=False, separators=(",", ":")))
    text = "[\n" + ",\n".join(lines) + "\n]\n"
    (models / f"{name}.beams.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    for name in ["phi3-tiny", "phi3-tiny-fp32"]:
        main(Path(sys.argv[1]), name)
