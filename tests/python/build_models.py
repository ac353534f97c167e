"""Random models of every family of Phi, as onnxruntime-genai's own model builder exports them.

    python build_models.py FOLDER TOKENIZER

Writes FOLDER/NAME for each model, an ONNX Runtime GenAI folder, and prints the names as one line of JSON. The checkpoints
have the shapes of the published ones, made small, and the tokenizer of the folder TOKENIZER. As those of
`tests/bench/make_model.py`, the models say nothing, but their answers vary: layers outweigh the embedding, and attention
is sharp.
"""

import contextlib
import json
import runpy
import shutil
import sys
from pathlib import Path

import torch
from transformers import Phi3Config, Phi3ForCausalLM

SMALL = {"vocab_size": 640, "hidden_size": 128, "intermediate_size": 256, "num_hidden_layers": 3,
         "num_attention_heads": 4, "num_key_value_heads": 4, "max_position_embeddings": 2048,
         "original_max_position_embeddings": 2048, "sliding_window": None,
         "bos_token_id": 1, "eos_token_id": [600, 601, 607], "pad_token_id": 600}
# Few heads, so that prompts of 4,100 tokens take a second.
LONG = {"hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2, "num_key_value_heads": 2,
        "max_position_embeddings": 8192, "original_max_position_embeddings": 4096}
# As `config.json` of Phi-4-mini has them, but for the size.
PHI_4 = {**LONG, "hidden_size": 256, "num_attention_heads": 4, "num_key_value_heads": 2, "num_hidden_layers": 3,
         "partial_rotary_factor": 0.75, "tie_word_embeddings": True}

FAMILIES = {
    "phi-3-mini": {},
    "phi-3-medium": {"num_attention_heads": 8, "num_key_value_heads": 2},
    "phi-3.5-mini": LONG,
    "phi-4-mini": PHI_4,
}
PRECISIONS = {
    "int4": ["-e", "cpu", "-p", "int4", "--extra_options", "block_size=32", "accuracy_level=4"],
    # The same weights, and nobody rounds what they meet.
    "int4-unrounded": ["-e", "cpu", "-p", "int4", "--extra_options", "block_size=32", "accuracy_level=0"],
    "fp32": ["-e", "cpu", "-p", "fp32"],
    # The builder has it for other devices only; the graph runs anywhere.
    "fp16": ["-e", "cuda", "-p", "fp16"],
    # What its weights are, and nobody rounds anything else.
    "fp16-unrounded": ["-e", "cpu", "-p", "fp32"],
}
# How much larger than its input a layer's output is; the head's spreads the logits as a trained model's are spread.
GAINS = {"qkv_proj": 2.2, "o_proj": 3.0, "gate_up_proj": 1.0, "down_proj": 1.0, "lm_head": 3.0}


def rotary(sizes: dict) -> dict:
    rotated = sizes.get("partial_rotary_factor", 1.0)
    plain = {"rope_theta": 10000.0, "partial_rotary_factor": rotated}
    if sizes["max_position_embeddings"] == sizes["original_max_position_embeddings"]:
        return {**plain, "rope_type": "default"}
    pairs = int(sizes["hidden_size"] // sizes["num_attention_heads"] * rotated) // 2
    return {**plain, "rope_type": "longrope", "type": "longrope",
            "short_factor": [1.0 + 0.01 * index for index in range(pairs)],
            "long_factor": [1.0 + 0.5 * index for index in range(pairs)],
            "original_max_position_embeddings": sizes["original_max_position_embeddings"]}


def checkpoint(sizes: dict) -> Phi3ForCausalLM:
    torch.manual_seed(1)
    sizes = {"tie_word_embeddings": False, **SMALL, **sizes}
    model = Phi3ForCausalLM(Phi3Config(**sizes, rope_parameters=rotary(sizes)))
    with torch.no_grad():
        for name, weight in model.named_parameters():
            kind = name.removesuffix(".weight").rsplit(".", 1)[-1]
            if weight.ndim == 1:
                weight.normal_(1.0, 0.1)
            elif kind == "embed_tokens" and not model.config.tie_word_embeddings:
                weight.normal_(0.0, 0.02)
            else:
                weight.normal_(0.0, GAINS.get(kind, 3.0) / weight.shape[1] ** 0.5)
    return model.to(torch.float32)


def export(source: Path, folder: Path, precision: str) -> None:
    """The builder's command line, without another interpreter that imports torch."""
    sys.argv = ["builder", "-i", str(source), "-o", str(folder), "-c", str(folder.with_name("cache")),
                *PRECISIONS[precision]]
    # It prints what it does.
    with contextlib.redirect_stdout(sys.stderr):
        runpy.run_module("onnxruntime_genai.models.builder", run_name="__main__")
    path = folder / "genai_config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    config["model"]["decoder"]["session_options"]["provider_options"] = []
    path.write_text(json.dumps(config, indent=4), encoding="utf-8")


def main() -> None:
    folder, tokenizer = map(Path, sys.argv[1:])
    names = []
    for family, sizes in FAMILIES.items():
        source = folder / "checkpoints" / family
        halved = source.with_name(f"{family}-halved")
        model = checkpoint(sizes)
        model.save_pretrained(source)
        model.to(torch.float16).to(torch.float32).save_pretrained(halved)
        for file in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"):
            for place in (source, halved):
                shutil.copy(tokenizer / file, place)
        for precision in PRECISIONS:
            names.append(f"{family}-{precision}")
            export(halved if precision == "fp16-unrounded" else source, folder / names[-1], precision)
    print(json.dumps(names))


if __name__ == "__main__":
    main()
