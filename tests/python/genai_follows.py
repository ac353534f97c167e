"""How likely onnxruntime-genai takes the tokens of another engine's answers to be, as one line of JSON.

    python genai_follows.py FOLDER REQUESTS.json [EXACT]

Each request has `prompt_ids`, `output_ids` and `search`. The tokens are put behind the prompt one after the other,
whatever onnxruntime-genai would take itself. Each answer has two numbers for every token, in standard deviations of all
logits: `behind`, how far the token's logit is behind the largest one, and `error`, how far any logit is from what
EXACT, the same model without rounding, makes of the same tokens. `off` counts the tokens that EXACT would not have taken,
`reference_off` those of FOLDER that it would not have taken. Without EXACT there is none of these.

Where tokens are drawn, `behind` is a probability: how far the number that was drawn is outside of the range that stands for the token,
with this range made wider by what an error of the logits moves its ends.
"""

import json
import sys

import numpy
import onnxruntime_genai

# What the order of additions may do to a logit, in standard deviations: see `tests/it/families.rs`.
ADDED_UP = 1e-4

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


class Draws:
    """`std::discrete_distribution` over `std::mt19937`, as `search.cpp` of 0.18 draws one of the `top_k` likeliest."""

    def __init__(self, search: dict):
        self.search, self.random = search, numpy.random.RandomState(search["random_seed"])._bit_generator

    def outside(self, logits: numpy.ndarray, token: int, error: float) -> float:
        order = numpy.argsort(-logits, kind="stable")[:self.search["top_k"]]
        probabilities = numpy.exp((logits[order] - logits[order[0]]).astype(float) / self.search["temperature"])
        probabilities /= probabilities.sum()
        if self.search["top_p"] < 1:
            kept = 1 + int(numpy.searchsorted(numpy.cumsum(probabilities), self.search["top_p"]))
            order, probabilities = order[:kept], probabilities[:kept] / probabilities[:kept].sum()
        if len(order) == 1:
            return 0.0 if order[0] == token else 1.0
        low, high = self.random.random_raw(2)
        drawn = (int(low) + int(high) * 2**32) / 2**64
        if token not in order:
            return 1.0
        rank = int(numpy.flatnonzero(order == token)[0])
        end = numpy.cumsum(probabilities)[rank]
        # All probabilities may be off by this factor, and those with all but equal logits may have changed places.
        factor = numpy.expm1(2 * error / self.search["temperature"])
        equal = numpy.abs(logits[order] - logits[token]) <= 2 * error
        moved = factor + probabilities[equal].sum() - probabilities[rank]
        return max(0.0, end - probabilities[rank] - moved - drawn, drawn - end - moved)


def follow(model: Model, exact: Model | None, request: dict) -> dict:
    behind, error, off, reference_off = [], [], 0, 0
    others = exact.logits(**request) if exact else None
    draws = Draws(request["search"]) if request["search"].get("do_sample") else None
    for token, logits in zip(request["output_ids"], model.logits(**request)):
        finite = numpy.isfinite(logits)
        deviation = logits[finite].std()
        uncertain = ADDED_UP
        if others:
            other = next(others)
            uncertain = float(numpy.abs(logits[finite] - other[finite]).max() / deviation)
            error.append(uncertain)
            off += int(token != other.argmax())
            reference_off += int(logits.argmax() != other.argmax())
        if draws:
            behind.append(float(draws.outside(logits, token, uncertain * deviation)))
        else:
            behind.append(float((logits.max() - logits[token]) / deviation))
    return {"behind": behind, "error": error, "off": off, "reference_off": reference_off}


def main() -> None:
    folder, requests, *exact = sys.argv[1:]
    models = [Model(folder) for folder in [folder, *exact]]
    with open(requests, encoding="utf-8") as file:
        print(json.dumps([follow(models[0], (models[1:] or [None])[0], request) for request in json.load(file)]))


if __name__ == "__main__":
    main()
