"""Writes copies of a graph that are changed in one part each, and prints what was changed, as JSON.

    python change_graphs.py GRAPH.onnx FOLDER COUNT

The files stay well-formed: what is wrong are sizes, attributes, names and places of weights.
"""

import json
import random
import sys
from pathlib import Path

import onnx

NUMBERS = [0, -1, 1, 2, 3, 5, 7, 16, 31, 33, 64, 128, 1000, 65536, 2**31 - 1, 2**31, -(2**31), 2**33, 2**62, -(2**63)]
BYTES = {1: 4, 2: 1, 7: 8, 10: 2}


def attribute(graph) -> str:
    found = [(node, item) for node in graph.node for item in node.attribute if item.type == onnx.AttributeProto.INT]
    node, item = random.choice(found)
    value = random.choice(NUMBERS)
    everywhere = random.random() < 0.5
    for other, same in found:
        if same is item or (everywhere and other.op_type == node.op_type and same.name == item.name):
            same.i = value
    return f"{item.name} of {node.op_type} is {value}"


def shape(graph) -> str:
    tensor = random.choice(graph.initializer)
    index = random.randrange(len(tensor.dims))
    old = tensor.dims[index]
    tensor.dims[index] = random.choice([*NUMBERS, old + 1, old - 1, old * 2, old // 2])
    if random.random() < 0.6:
        size = BYTES[tensor.data_type]
        for number in tensor.dims:
            size *= number
        for entry in tensor.external_data:
            if entry.key == "length":
                entry.value = str(max(0, size))
            if entry.key == "offset" and random.random() < 0.5:
                entry.value = "0"
    return f"shape of {tensor.name} is {list(tensor.dims)}"


def arrange(graph) -> str:
    """As many numbers in another shape."""
    tensor = random.choice(graph.initializer)
    dims = list(tensor.dims)
    kind = random.randrange(4)
    if kind == 0:
        random.shuffle(dims)
    elif kind == 1:
        dims.insert(random.randrange(len(dims) + 1), 1)
    elif kind == 2:
        index = random.randrange(len(dims))
        part = random.choice([part for part in (2, 3, 4, 16, dims[index]) if dims[index] % part == 0])
        dims[index:index + 1] = random.choice([[part, dims[index] // part], [dims[index] // part, part]])
    else:
        index = random.randrange(len(dims))
        first = dims.pop(index)
        dims = [first * dims[0], *dims[1:]] if dims else [first]
    del tensor.dims[:]
    tensor.dims.extend(dims)
    return f"shape of {tensor.name} is {dims}"


def place(graph) -> str:
    tensor = random.choice(graph.initializer)
    entry = random.choice([entry for entry in tensor.external_data if entry.key != "location"])
    old = int(entry.value)
    entry.value = random.choice(["0", "1", "3", "4096", str(2**40), str(2**63 - 1), str(2**64 - 1), str(old + 1), str(old // 2)])
    return f"{entry.key} of {tensor.name} is {entry.value}"


def names(graph) -> list[str]:
    made = [output for node in graph.node for output in node.output if output]
    return [tensor.name for tensor in graph.initializer] + made + [info.name for info in graph.input]


def wire(graph) -> str:
    node = random.choice([node for node in graph.node if node.input])
    index = random.randrange(len(node.input))
    node.input[index] = random.choice([*names(graph), node.output[0], ""])
    return f"input {index} of {node.name} is {node.input[index]}"


def output(graph) -> str:
    node = random.choice(graph.node)
    index = random.randrange(len(node.output))
    node.output[index] = random.choice([*names(graph), ""])
    return f"output {index} of {node.name} is {node.output[index]}"


def operator(graph) -> str:
    node, other = random.choice(graph.node), random.choice(graph.node)
    node.op_type, node.domain = other.op_type, other.domain
    return f"{node.name} is {node.op_type}"


def gone(graph) -> str:
    node = random.choice(graph.node)
    graph.node.remove(node)
    return f"{node.name} is gone"


def element(graph) -> str:
    tensor = random.choice(graph.initializer)
    tensor.data_type = random.choice([1, 2, 3, 6, 7, 9, 10, 11, 16, 22])
    return f"{tensor.name} is of type {tensor.data_type}"


def another(graph) -> str:
    """A tensor of the same kind in place of one."""
    tensors = {tensor.name: tensor for tensor in graph.initializer}
    node, index = random.choice([(node, index) for node in graph.node for index, name in enumerate(node.input) if name in tensors])
    tensor = tensors[node.input[index]]
    alike = [name for name, other in tensors.items()
             if other.data_type == tensor.data_type and len(other.dims) == len(tensor.dims)]
    node.input[index] = random.choice(alike)
    return f"input {index} of {node.name} is {node.input[index]}"


CHANGES = [attribute, attribute, shape, shape, shape, arrange, arrange, place, wire, wire, another, output, operator, gone,
           element]


def main() -> None:
    path, folder, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    folder.mkdir(parents=True)
    random.seed(3)
    whole = onnx.load(path, load_external_data=False)
    said = []
    for case in range(count):
        model = onnx.ModelProto()
        model.CopyFrom(whole)
        said.append(random.choice(CHANGES)(model.graph))
        (folder / f"{case}.onnx").write_bytes(model.SerializeToString())
    print(json.dumps(said))


if __name__ == "__main__":
    main()
