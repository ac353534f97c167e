"""Write a model of Phi-3's shape and any size, with random weights, as an ONNX Runtime GenAI folder.

    python tests/bench/make_model.py FOLDER [--shape phi-3-mini] [--layers 2] [--precision int4] ...

Needs `onnx` and `numpy` only (`tests/python/mlflow3.txt` has both). The graph is node for node the one that
onnxruntime-genai 0.18's model builder writes; `tests/it/families.rs` compares the two on the fixtures. Weights are drawn
tensor by tensor and written at once, so even the full int4 shape (3.8 billion parameters, 2.7 GB) takes little memory.

The tokenizer is that of a fixture: tokens beyond it are in the model and have no text. A random model says nothing,
but its answers vary: layers outweigh the embedding, and attention is sharp, so each token depends on all before it.
"""

import argparse
import json
import shutil
import zlib
from pathlib import Path

import numpy
import onnx
from onnx import TensorProto, helper

FIXTURE = Path(__file__).resolve().parents[2] / "fixtures/models/phi3-tiny"

# As the models' own config.json have them.
SHAPES = {
    "phi-3-mini": {},
    "phi-3-mini-128k": {"context": 131072, "longrope": 4096},
    "phi-3-medium": {"hidden": 5120, "intermediate": 17920, "layers": 40, "heads": 40, "kv_heads": 10, "head_size": 128},
    "phi-3.5-mini": {"context": 131072, "longrope": 4096},
    "phi-4-mini": {"layers": 32, "heads": 24, "kv_heads": 8, "head_size": 128, "rotary": 96, "vocab": 200064,
                   "context": 131072, "longrope": 4096, "tied": True},
    "438m": {"hidden": 1536, "intermediate": 4096, "layers": 12, "heads": 16},
}
PHI_3_MINI = {"hidden": 3072, "intermediate": 8192, "layers": 32, "heads": 32, "kv_heads": None, "head_size": None,
              "rotary": None, "vocab": 32064, "context": 4096, "longrope": None, "window": -1, "tied": False}

BLOCK = 32
# Two numbers from 1 to 15 in each byte, on average 8, which stands for 0: with a mean of its own, every layer of a wide
# model would push all its outputs the same way.
AROUND_8 = bytes(((byte >> 4) or 8) << 4 | ((byte & 15) or 8) for byte in range(256))
DEVIATION = numpy.std([(number or 8) - 8 for number in range(16)])
ELEMENTS = {"fp32": (TensorProto.FLOAT, numpy.float32), "fp16": (TensorProto.FLOAT16, numpy.float16)}
TOKENS = ["batch_size", "sequence_length"]
MASK = "/model/attn_mask_reformat/attn_mask_subgraph"
# Larger tensors start where a page of any system starts, as onnx-ir has it.
LARGE, PAGE = 1 << 20, 1 << 16


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--shape", choices=SHAPES, default="phi-3-mini", help="sizes of a published model")
    for name, what in [("hidden", "size of the hidden state"), ("intermediate", "size inside the MLP"), ("layers", ""),
                       ("heads", ""), ("kv-heads", "heads of keys and values; as many as heads"),
                       ("head-size", "hidden / heads"), ("rotary", "how much of a head is rotated; all of it"),
                       ("vocab", "tokens"), ("context", "tokens at most"),
                       ("longrope", "tokens after which the long rotary factors are taken"),
                       ("window", "tokens that a token looks back; -1 is all")]:
        parser.add_argument(f"--{name}", type=int, help=what)
    parser.add_argument("--tied", action="store_true", default=None, help="one matrix for embedding and head")
    parser.add_argument("--precision", choices=["int4", "fp16", "fp32", "int4-fp16"], default="int4",
                        help="of the weights; int4-fp16 computes in fp16, as exports for CUDA do")
    parser.add_argument("--halved", action="store_true",
                        help="fp32 weights that fp16 has too: the model that fp16 rounds on its way")
    parser.add_argument("--accuracy-level", type=int, default=4, help="4: int4 matrices meet activations of 8 bits")
    parser.add_argument("--style", choices=["0.18", "older", "position-ids"], default="0.18",
                        help="older: the head's size is a number in the graph; position-ids: also rotary embeddings "
                             "as operators of their own, queries, keys and values apart")
    parser.add_argument("--last-logits", action="store_true", help="only the last token's logits come out")
    parser.add_argument("--filename", default="model.onnx")
    parser.add_argument("--type", default="phi3", help="`model.type` of genai_config.json")
    parser.add_argument("--eos", default="600,601,607", help="one number, or several with commas")
    parser.add_argument("--tokenizer", type=Path, default=FIXTURE, help="folder with the tokenizer")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for name, value in {**PHI_3_MINI, **SHAPES[given.shape]}.items():
        if getattr(given, name) is None:
            setattr(given, name, value)
    given.kv_heads = given.kv_heads or given.heads
    given.head_size = given.head_size or given.hidden // given.heads
    given.rotary = given.rotary or given.head_size
    return given


class Weights:
    """The file beside the graph, and what the graph says about what is in it."""

    def __init__(self, path: Path, seed: int, halved: bool):
        self.file, self.name, self.seed, self.halved = open(path, "wb"), path.name, seed, halved
        self.tensors: list[onnx.TensorProto] = []

    def random(self, name: str) -> numpy.random.Generator:
        return numpy.random.default_rng([self.seed, zlib.crc32(name.encode())])

    def put(self, name: str, element: int, shape: list[int], parts) -> None:
        if int(numpy.prod(shape, dtype=numpy.int64)) * onnx.helper.tensor_dtype_to_np_dtype(element).itemsize >= LARGE:
            self.file.write(b"\0" * (-self.file.tell() % PAGE))
        tensor = TensorProto(name=name, data_type=element, dims=shape, data_location=TensorProto.EXTERNAL)
        start = self.file.tell()
        for part in parts:
            if self.halved and part.dtype == numpy.float32:
                part = part.astype(numpy.float16).astype(numpy.float32)
            self.file.write(numpy.ascontiguousarray(part))
        for key, value in ("location", self.name), ("offset", start), ("length", self.file.tell() - start):
            tensor.external_data.add(key=key, value=str(value))
        self.tensors.append(tensor)

    def normal(self, name: str, element: int, shape: list[int], deviation: float, mean: float = 0.0) -> None:
        """Normally distributed numbers, some rows at a time."""
        random, kind = self.random(name), onnx.helper.tensor_dtype_to_np_dtype(element)
        step = max(1, (8 << 20) // (shape[-1] if len(shape) > 1 else 1))

        def rows(count: int) -> numpy.ndarray:
            return random.standard_normal([count, *shape[1:]], dtype=numpy.float32) * numpy.float32(deviation) + mean
        self.put(name, element, shape, (rows(min(step, shape[0] - row)).astype(kind) for row in range(0, shape[0], step)))

    def nibbles(self, name: str, element: int, inputs: int, outputs: int, gain: float) -> None:
        """Blocks of 4-bit numbers around 8 (`NAME_Q4`), and what each block is multiplied with (`NAME_scales`)."""
        blocks, random = -(-inputs // BLOCK), self.random(name)
        total, step = outputs * blocks * BLOCK // 2, 64 << 20
        parts = (numpy.frombuffer(random.bytes(min(step, total - at)).translate(AROUND_8), numpy.uint8)
                 for at in range(0, total, step))
        self.put(f"{name}_Q4", TensorProto.UINT8, [outputs, blocks, BLOCK // 2], parts)
        scales = random.uniform(0.7, 1.3, [outputs, blocks]) * gain / DEVIATION / inputs**0.5
        kind = onnx.helper.tensor_dtype_to_np_dtype(element)
        self.put(f"{name}_scales", element, [outputs, blocks], [scales.astype(kind)])


class Model:
    """One graph on its way; the methods go from the bottom to the top of it."""

    def __init__(self, given: argparse.Namespace):
        self.given, self.nodes, self.infos, self.constants = given, [], [], set()
        self.weights = Weights(given.folder / f"{given.filename}.data", given.seed, given.halved)
        self.element, self.kind = ELEMENTS["fp16" if given.precision.endswith("fp16") else "fp32"]
        self.is_int4 = given.precision.startswith("int4")
        self.later = []  # the quantiser writes what it made after everything else

    def node(self, operator: str, name: str, inputs: list[str], shape, outputs=None, element=None, **attributes) -> str:
        domain = attributes.pop("domain", "")
        outputs = outputs or [f"{name}/output_0"]
        self.nodes.append(helper.make_node(operator, inputs, outputs, name=name, domain=domain, **attributes))
        for output in outputs:
            if output and output != "logits" and not output.startswith("present."):
                element = self.element if element is None else element
                self.infos.append(helper.make_tensor_value_info(output, element, shape))
        return outputs[0]

    def constant(self, value) -> str:
        name = f"/model/constants/INT64/{value}"
        if name not in self.constants:
            self.constants.add(name)
            array = numpy.array(value, numpy.int64)
            tensor = onnx.numpy_helper.from_array(array, name)
            node = f"/model/constant_nodes/INT64/{value}"
            self.node("Constant", node, [], [], [name], TensorProto.INT64, value=tensor)
        return name

    def rotary_tables(self, rows: int, factors, scale: float) -> list[numpy.ndarray]:
        width = self.given.rotary
        frequencies = 1.0 / (factors * 10000.0 ** (numpy.arange(0, width, 2, dtype=numpy.float32) / numpy.float32(width)))
        angles = numpy.outer(numpy.arange(rows, dtype=numpy.float32), frequencies.astype(numpy.float32))
        return [(table(angles) * numpy.float32(scale)).astype(self.kind) for table in (numpy.cos, numpy.sin)]

    def rotary(self, total: str) -> None:
        """`cos_cache` and `sin_cache`: tensors, or one of two pairs of tensors by the length of the sequence."""
        given, half = self.given, self.given.rotary // 2
        if given.longrope is None:
            for name, table in zip(("cos_cache", "sin_cache"), self.rotary_tables(given.context, numpy.float32(1), 1.0)):
                self.weights.put(name, self.element, [given.context, half], [table])
            return
        is_long = self.node("Greater", "/model/rope_caches_subgraph/Greater", [total, self.constant(given.longrope)], [],
                            element=TensorProto.BOOL)
        ratio, index = given.context / given.longrope, numpy.arange(half, dtype=numpy.float32)
        scale = (1 + numpy.log(ratio) / numpy.log(given.longrope)) ** 0.5 if ratio > 1 else 1.0
        branches = {}
        for size, rows, factors in ("small", given.longrope, 1 + 0.01 * index), ("large", given.context, 1 + 0.5 * index):
            nodes, outputs = [], []
            for table, values in zip(("cos", "sin"), self.rotary_tables(rows, factors, scale)):
                name = f"{table}_cache_{size}"
                tensor = onnx.numpy_helper.from_array(values)
                nodes.append(helper.make_node("Constant", [], [name], name=f"/{size}/{table}_cache/Constant", value=tensor))
                outputs.append(helper.make_tensor_value_info(name, self.element, [rows, half]))
            branches[size] = helper.make_graph(nodes, f"{size}_rope_caches_graph", [], outputs)
        self.node("If", "/model/rope_caches_subgraph/If", [is_long], ["max_sequence_length", "head_dim / 2"],
                  ["cos_cache", "sin_cache"], then_branch=branches["large"], else_branch=branches["small"])

    def lengths(self) -> list[str]:
        """The sequence's length less one, and its length, both from the mask; the rotary tables hang on the second."""
        def total() -> str:
            shape = self.node("Shape", f"{MASK}/Shape", ["attention_mask"], [2], element=TensorProto.INT64)
            return self.node("Gather", f"{MASK}/Gather", [shape, self.constant(1)], [], element=TensorProto.INT64, axis=0)

        if self.given.longrope is not None:
            self.constant(self.given.longrope)
            length = total()
            self.rotary(length)
        one = self.constant([1])
        # The builders of 2024 kept the dimension that was summed.
        shape, keeps = (["batch_size", 1], {}) if self.given.style == "older" else (["batch_size"], {"keepdims": 0})
        ones = self.node("ReduceSum", f"{MASK}/ReduceSum", ["attention_mask", one], shape, element=TensorProto.INT64, **keeps)
        less = self.node("Sub", f"{MASK}/Sub", [ones, one], shape, element=TensorProto.INT64)
        last = self.node("Cast", f"{MASK}/Sub/Cast", [less], shape, element=TensorProto.INT32, to=TensorProto.INT32)
        if self.given.longrope is None:
            length = total()
        return [last, self.node("Cast", f"{MASK}/Gather/Cast", [length], [], element=TensorProto.INT32, to=TensorProto.INT32)]

    def matmul(self, basename: str, source: str, inputs: int, outputs: int, gain: float = 1.0, result=None) -> str:
        weight = f"{basename[1:].replace('/', '.')}.weight"
        result, shape = result or f"{basename}/output_0", [*TOKENS, outputs]
        if not self.is_int4:
            self.weights.normal(weight, self.element, [inputs, outputs], gain / inputs**0.5)
            return self.node("MatMul", basename, [source, weight], shape, [result])
        self.later.append((weight, inputs, outputs, gain))
        return self.node("MatMulNBits", f"{basename}_Q4", [source, f"{weight}_Q4", f"{weight}_scales"], shape, [result],
                         domain="com.microsoft", K=inputs, N=outputs, bits=4, block_size=BLOCK,
                         accuracy_level=self.given.accuracy_level)

    def norm(self, name: str, streams: list[str], is_last: bool = False) -> list[str]:
        weight, shape = f"{name[1:].replace('/', '.')}.weight", [*TOKENS, self.given.hidden]
        self.weights.normal(weight, self.element, [self.given.hidden], 0.1, 1.0)
        outputs, epsilon = [f"{name}/output_0"], 9.999999747378752e-06
        if len(streams) == 1:
            self.node("SimplifiedLayerNormalization", f"{name}/LayerNorm", [*streams, weight], shape, outputs,
                      epsilon=epsilon, axis=-1, stash_type=1)
            return [outputs[0], streams[0]]
        outputs += [] if is_last else ["", "", f"{name}/output_3"]
        self.node("SkipSimplifiedLayerNormalization", f"{name}/SkipLayerNorm", [*streams, weight], shape, outputs,
                  domain="com.microsoft", epsilon=epsilon)
        return [outputs[0], outputs[-1]]

    def attention(self, layer: int, source: str, lengths: list[str]) -> str:
        given, base = self.given, f"/model/layers.{layer}/attn"
        query, keys = given.heads * given.head_size, given.kv_heads * given.head_size
        # Sharp attention: a head looks at few tokens, and at others when one token changes.
        if given.style == "position-ids":
            parts = [self.matmul(f"{base}/{part}_proj/MatMul", source, given.hidden, width, 2.2)
                     for part, width in (("q", query), ("k", keys), ("v", keys))]
            for index, (part, width, heads) in enumerate((("q", query, given.heads), ("k", keys, given.kv_heads))):
                parts[index] = self.node(
                    "RotaryEmbedding", f"{base}/{part}_rotary/RotaryEmbedding",
                    [parts[index], "position_ids", "cos_cache", "sin_cache"], [*TOKENS, width], domain="com.microsoft",
                    interleaved=0, num_heads=heads if given.rotary != given.head_size else 0,
                    rotary_embedding_dim=given.rotary if given.rotary != given.head_size else 0)
            tables = ["", ""]
        else:
            parts = [self.matmul(f"{base}/qkv_proj/MatMul", source, given.hidden, query + 2 * keys, 2.2), "", ""]
            tables = ["cos_cache", "sin_cache"]
        if layer == 0 and given.longrope is None:
            self.rotary("")
        name, past = f"{base}/GroupQueryAttention", f"past_key_values.{layer}"
        attended = self.node(
            "GroupQueryAttention", name,
            [*parts, f"{past}.key", f"{past}.value", *lengths, *tables] + ([""] * 3 if given.style == "0.18" else []),
            [*TOKENS, query], [f"{name}/output_0", f"present.{layer}.key", f"present.{layer}.value"],
            domain="com.microsoft", num_heads=given.heads, kv_num_heads=given.kv_heads, scale=given.head_size**-0.5,
            local_window_size=given.window, softcap=0.0, do_rotary=int(given.style != "position-ids"), rotary_interleaved=0)
        return self.matmul(f"{base}/o_proj/MatMul", attended, query, given.hidden, 3.0)

    def mlp(self, layer: int, source: str) -> str:
        given, base = self.given, f"/model/layers.{layer}/mlp"
        shape = [*TOKENS, given.intermediate]
        gate = self.matmul(f"{base}/gate_proj/MatMul", source, given.hidden, given.intermediate)
        up = self.matmul(f"{base}/up_proj/MatMul", source, given.hidden, given.intermediate)
        sigmoid = self.node("Sigmoid", f"{base}/act_fn/Sigmoid", [gate], shape)
        gate = self.node("Mul", f"{base}/act_fn/Mul", [gate, sigmoid], shape)
        product = self.node("Mul", f"{base}/Mul", [gate, up], shape)
        return self.matmul(f"{base}/down_proj/MatMul", product, given.intermediate, given.hidden)

    def embedding(self) -> str:
        given, base = self.given, "/model/embed_tokens"
        shape = [*TOKENS, given.hidden]
        if not given.tied:
            weight = "model.embed_tokens.weight"
            self.weights.normal(weight, self.element, [given.vocab, given.hidden], 0.02)
            return self.node("Gather", f"{base}/Gather", [weight, "input_ids"], shape)
        weight = "lm_head.MatMul.weight"
        if not self.is_int4:
            rows = self.node("Transpose", f"{base}/Transpose", [weight], [given.vocab, given.hidden], perm=[1, 0])
            return self.node("Gather", f"{base}/Gather", [rows, "input_ids"], shape)
        width = -(-given.hidden // BLOCK) * BLOCK // 2
        flat = self.constant([given.vocab, width])
        rows = self.node("Reshape", f"{base}/Reshape", [f"{weight}_Q4", flat], [given.vocab, width], element=TensorProto.UINT8)
        return self.node("GatherBlockQuantized", f"{base}/GatherBlockQuantized", [rows, "input_ids", f"{weight}_scales"],
                         shape, domain="com.microsoft", bits=4, block_size=BLOCK, gather_axis=0, quantize_axis=1)

    def build(self) -> onnx.ModelProto:
        given = self.given
        lengths = self.lengths()
        streams = [self.embedding()]
        for layer in range(given.layers):
            base = f"/model/layers.{layer}"
            source, skip = self.norm(f"{base}/input_layernorm", streams)
            attended = self.attention(layer, source, lengths)
            source, skip = self.norm(f"{base}/post_attention_layernorm", [skip, attended])
            streams = [skip, self.mlp(layer, source)]
        source, _ = self.norm(f"/model/layers.{given.layers}/final_norm_layernorm", streams, is_last=True)
        rows = "sequence_length"
        if given.last_logits:
            rows = 1
            last = self.node("Gather", "/lm_head/prune/Gather", [source, self.constant(-1)],
                             ["batch_size", given.hidden], axis=1)
            source = self.node("Unsqueeze", "/lm_head/prune/Unsqueeze", [last, self.constant([1])],
                               ["batch_size", 1, given.hidden])
        # The head's gain spreads the logits as a trained model's are spread.
        self.matmul("/lm_head/MatMul", source, given.hidden, given.vocab, 3.0, "logits")
        for weight, inputs, outputs, gain in self.later:
            self.weights.nibbles(weight, self.element, inputs, outputs, gain)
        self.weights.file.close()
        self.infos += [helper.make_tensor_value_info(tensor.name, tensor.data_type, tensor.dims) for tensor in self.weights.tensors]
        graph = helper.make_graph(self.nodes, "main_graph", self.inputs(), self.outputs(rows), self.weights.tensors,
                                  value_info=self.infos)
        versions = [helper.make_opsetid("", 22 if given.style == "0.18" else 14), helper.make_opsetid("com.microsoft", 1)]
        model = helper.make_model(graph, opset_imports=versions, ir_version=10 if given.style == "0.18" else 7)
        model.producer_name, model.producer_version = "make_model.py", ""
        return model

    def cache(self, pattern: str, length: str) -> list[onnx.ValueInfoProto]:
        given = self.given
        size = "kv_cache_dim" if given.style == "0.18" else given.head_size
        shape = ["batch_size", given.kv_heads, length, size]
        names = [pattern.format(layer, part) for part in ("key", "value") for layer in range(given.layers)]
        return [helper.make_tensor_value_info(name, self.element, shape) for name in names]

    def inputs(self) -> list[onnx.ValueInfoProto]:
        inputs = [helper.make_tensor_value_info("input_ids", TensorProto.INT64, TOKENS),
                  helper.make_tensor_value_info("attention_mask", TensorProto.INT64, ["batch_size", "total_sequence_length"])]
        if self.given.style == "position-ids":
            inputs.append(helper.make_tensor_value_info("position_ids", TensorProto.INT64, TOKENS))
        return inputs + self.cache("past_key_values.{}.{}", "past_sequence_length")

    def outputs(self, rows) -> list[onnx.ValueInfoProto]:
        logits = helper.make_tensor_value_info("logits", self.element, ["batch_size", rows, self.given.vocab])
        return [logits, *self.cache("present.{}.{}", "total_sequence_length")]


def genai_config(given: argparse.Namespace) -> dict:
    inputs = {"input_ids": "input_ids", "attention_mask": "attention_mask",
              **({"position_ids": "position_ids"} if given.style == "position-ids" else {}),
              "past_key_names": "past_key_values.%d.key", "past_value_names": "past_key_values.%d.value"}
    outputs = {"logits": "logits", "present_key_names": "present.%d.key", "present_value_names": "present.%d.value"}
    eos = [int(token) for token in given.eos.split(",")]
    decoder = {
        "session_options": {"log_id": "onnxruntime-genai", "provider_options": []}, "filename": given.filename,
        "head_size": given.head_size, "hidden_size": given.hidden, "inputs": inputs, "outputs": outputs,
        "num_attention_heads": given.heads, "num_hidden_layers": given.layers, "num_key_value_heads": given.kv_heads,
    }
    search = {
        "diversity_penalty": 0.0, "do_sample": False, "early_stopping": True, "length_penalty": 1.0,
        "max_length": given.context, "min_length": 0, "no_repeat_ngram_size": 0, "num_beams": 1,
        "num_return_sequences": 1, "past_present_share_buffer": True, "repetition_penalty": 1.0, "temperature": 1.0,
        "top_k": 50, "top_p": 1.0,
    }
    model = {
        "bos_token_id": 1, "context_length": given.context, "decoder": decoder,
        "eos_token_id": eos if len(eos) > 1 else eos[0], "pad_token_id": eos[0], "type": given.type,
        "vocab_size": given.vocab,
    }
    return {"model": model, "search": search}


def main() -> None:
    given = arguments()
    given.folder.mkdir(parents=True, exist_ok=True)
    model = Model(given).build()
    (given.folder / given.filename).write_bytes(model.SerializeToString(deterministic=True))
    (given.folder / "genai_config.json").write_text(json.dumps(genai_config(given), indent=4))
    for pattern in "tokenizer*", "special_tokens_map.json", "added_tokens.json", "chat_template*":
        for file in given.tokenizer.glob(pattern):
            shutil.copyfile(file, given.folder / file.name)


if __name__ == "__main__":
    main()
