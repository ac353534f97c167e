"""How likely onnxruntime-genai takes the tokens of another engine's answers to be, as one line of JSON.

    python genai_follows.py FOLDER REQUESTS.json [EXACT]

Each request has `prompt_ids`, `output_ids` and `search`. The tokens are put behind the prompt one after the other,
whatever onnxruntime-genai would take itself. Each answer has two numbers for every token, both in standard deviations of
all logits: `behind`, how far the token's logit is behind the largest one, and `error`, how far any logit is from what
EXACT, the same model without rounded activations, makes of the same tokens. `undecided` counts the tokens of which EXACT
would have taken another one than FOLDER. Without EXACT there is neither.
"""

import json
import sys

import numpy
import onnxruntime_genai

# Where `generators.cpp` of 0.18 runs all tokens of a Phi-3 again, because the rotary factors change.
SWITCH = 4097


class Model:
    def __init__(self, folder: str):
        config = onnxruntime_genai.Config(folder)
        config.overlay(json.dumps({"model": {"decoder": {"session_options": {"intra_op_num_threads": 1}}}}))
        self.model = onnxruntime_genai.Model(config)
        with open(f"{folder}/genai_config.json", encoding="utf-8") as file:
            config = json.load(file)["model"]
        self.switches = config["type"] in ("phi3", "phimoe")
        self.end_tokens = numpy.atleast_1d(config["eos_token_id"])

    def logits(self, prompt_ids: list[int], output_ids: list[int], search: dict):
        """Those before each token of the answer."""
        params = onnxruntime_genai.GeneratorParams(self.model)
        params.set_search_options(max_length=search["max_length"])
        generator = onnxruntime_genai.Generator(self.model, params)
        sequence = list(prompt_ids)
        generator.append_tokens(sequence)
        for token in output_ids:
            logits = numpy.array(generator.get_logits(), dtype=numpy.float32).reshape(-1)
            if len(sequence) < search.get("min_length", 0):
                logits[self.end_tokens] = -numpy.inf
            yield logits
            sequence.append(token)
            if len(sequence) == SWITCH and self.switches:
                generator.rewind_to(0)
                generator.append_tokens(sequence)
            elif len(sequence) < search["max_length"]:
                generator.append_tokens([token])


def follow(model: Model, exact: Model | None, request: dict) -> dict:
    behind, error, undecided = [], [], 0
    others = exact.logits(**request) if exact else None
    for token, logits in zip(request["output_ids"], model.logits(**request)):
        finite = numpy.isfinite(logits)
        deviation = logits[finite].std()
        behind.append(float((logits.max() - logits[token]) / deviation))
        if others:
            other = next(others)
            error.append(float(numpy.abs(logits[finite] - other[finite]).max() / deviation))
            undecided += int(logits.argmax() != other.argmax())
    return {"behind": behind, "error": error, "undecided": undecided}


def main() -> None:
    folder, requests, *exact = sys.argv[1:]
    models = [Model(folder) for folder in [folder, *exact]]
    with open(requests, encoding="utf-8") as file:
        print(json.dumps([follow(models[0], (models[1:] or [None])[0], request) for request in json.load(file)]))


if __name__ == "__main__":
    main()
