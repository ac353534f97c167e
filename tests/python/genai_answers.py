"""What onnxruntime-genai answers to prompts of token ids, as one line of JSON.

    python genai_answers.py FOLDER REQUESTS.json

Each request has `threads`, `prompt_ids` and `search`, the options as onnxruntime-genai names them, and may have `own`,
laid over what the model says itself in its `search`. Each answer has `output_ids`; what cannot be answered has `error`.
"""

import json
import sys

import onnxruntime_genai


def answer(model, request: dict) -> dict:
    params = onnxruntime_genai.GeneratorParams(model)
    params.set_search_options(**request["search"])
    generator = onnxruntime_genai.Generator(model, params)
    generator.append_tokens(request["prompt_ids"])
    output_ids = []
    while not generator.is_done():
        generator.generate_next_token()
        # The end token is chosen, and is not part of the sequence any more.
        output_ids.append(int(generator.get_next_tokens()[0]))
    if request["search"].get("num_beams", 1) > 1:
        # What was chosen step by step belonged to several sequences; this is the best of them.
        output_ids = [int(token) for token in generator.get_sequence(0)][len(request["prompt_ids"]):]
    return {"output_ids": output_ids}


def main() -> None:
    folder, requests = sys.argv[1:]
    models = {}

    def model(threads: int, own: dict):
        options = {"session_options": {"intra_op_num_threads": threads}}
        changes = json.dumps({"model": {"decoder": options}, "search": own})
        if changes not in models:
            config = onnxruntime_genai.Config(folder)
            config.overlay(changes)
            models[changes] = onnxruntime_genai.Model(config)
        return models[changes]

    answers = []
    with open(requests, encoding="utf-8") as file:
        for request in json.load(file):
            try:
                answers.append(answer(model(request["threads"], request.get("own", {})), request))
            except Exception as error:
                answers.append({"error": str(error)})
    print(json.dumps(answers))


if __name__ == "__main__":
    main()
