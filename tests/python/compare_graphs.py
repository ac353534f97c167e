"""How the ONNX graphs in two files differ, as a list of sentences; what the weights are is not compared.

    python compare_graphs.py ONE.onnx OTHER.onnx
"""

import json
import sys

import onnx


def value(attribute: onnx.AttributeProto):
    found = onnx.helper.get_attribute_value(attribute)
    if isinstance(found, onnx.GraphProto):
        return described(found)
    if isinstance(found, onnx.TensorProto):
        return [found.data_type, list(found.dims)] + ([] if len(found.raw_data) > 64 else [found.raw_data.hex()])
    return round(found, 6) if isinstance(found, float) else repr(found)


def outlet(info: onnx.ValueInfoProto):
    tensor = info.type.tensor_type
    return [info.name, tensor.elem_type, [size.dim_param or size.dim_value for size in tensor.shape.dim]]


def described(graph: onnx.GraphProto) -> dict:
    return {
        "name": graph.name,
        "nodes": [
            [node.domain, node.op_type, node.name, list(node.input), list(node.output),
             sorted([attribute.name, value(attribute)] for attribute in node.attribute)]
            for node in graph.node
        ],
        "inputs": [outlet(info) for info in graph.input],
        "outputs": [outlet(info) for info in graph.output],
        "values": sorted(outlet(info) for info in graph.value_info),
        "tensors": [[tensor.name, tensor.data_type, list(tensor.dims)] for tensor in graph.initializer],
    }


def main() -> None:
    one, other = (onnx.load(path, load_external_data=False) for path in sys.argv[1:])
    differences = []
    for what in "ir_version", "opset_import":
        if repr(getattr(one, what)) != repr(getattr(other, what)):
            differences.append(f"{what}: {getattr(one, what)} and {getattr(other, what)}")
    left, right = described(one.graph), described(other.graph)
    for part, found in left.items():
        if found == right[part]:
            continue
        if isinstance(found, str) or len(found) != len(right[part]):
            differences.append(f"{part}: {found} and {right[part]}")
            continue
        differences += [f"{part}: {mine} and {theirs}" for mine, theirs in zip(found, right[part]) if mine != theirs]
    print(json.dumps(differences))


if __name__ == "__main__":
    main()
