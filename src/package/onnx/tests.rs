//! Graphs whole, broken and hostile.

use super::*;
use proptest::prelude::*;

/// The graph of the tiny model, for tests of whoever reads graphs.
pub(crate) const TINY: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/fixtures/models/phi3-tiny/model.onnx"
);

fn parse(bytes: &[u8]) -> Result<Description, BadGraph> {
    Description::parse(io::Cursor::new(bytes), bytes.len() as u64)
}

/// A field that holds these bytes.
fn field(number: u32, inner: &[u8]) -> Vec<u8> {
    [
        varint(u64::from(number << 3 | 2)),
        varint(inner.len() as u64),
        inner.to_vec(),
    ]
    .concat()
}

/// A field that holds this number.
fn numeric(number: u32, value: u64) -> Vec<u8> {
    [varint(u64::from(number << 3)), varint(value)].concat()
}

fn varint(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while value > 127 {
        bytes.push(u8::try_from(value & 127).unwrap() | 128);
        value >>= 7;
    }
    bytes.push(u8::try_from(value).unwrap());
    bytes
}

/// A tensor that lies in another file.
fn external(location: &str, offset: &str, length: &str) -> Vec<u8> {
    let pair = |key: &str, value: &str| {
        let pair = [field(1, key.as_bytes()), field(2, value.as_bytes())].concat();
        field(13, &pair)
    };
    [
        pair("location", location),
        pair("offset", offset),
        pair("length", length),
        numeric(14, 1),
    ]
    .concat()
}

#[test]
fn a_real_graph_is_described() {
    let graph = Description::read(Path::new(TINY)).unwrap();
    let length = fs_err::metadata(format!("{TINY}.data")).unwrap().len();
    assert_eq!(graph.ir_version, Some(10));
    assert_eq!(graph.opset, Some(22));
    assert_eq!(graph.weight_bits, Some(4));
    assert!(graph.operators.contains("GroupQueryAttention"));
    assert_eq!(graph.data, [("model.onnx.data".to_owned(), length)].into());
    let names: Vec<_> = graph.inputs.iter().map(|input| &*input.name).collect();
    assert_eq!(names.len(), 6, "{names:?}");
    let logits = &graph.outputs[0];
    assert_eq!((logits.name.as_str(), logits.element), ("logits", 1));
    assert_eq!(logits.shape[2], Dimension::Fixed(611));
}

#[test]
fn weights_are_found_wherever_a_tensor_may_be() {
    let node = |attribute: &[u8]| field(1, &field(5, attribute));
    let tensor = |number, name| field(number, &external(name, "8", "2"));
    let inner = [
        tensor(5, "if"),
        field(15, &[tensor(1, "values"), tensor(2, "indices")].concat()),
    ]
    .concat();
    let graph = [
        tensor(5, "weights"),
        field(5, &external("weights", "100", "11")),
        field(5, &external("weights", "0", "9")),
        node(&tensor(5, "constant")),
        node(&tensor(10, "constants")),
        node(&field(6, &inner)),
        node(&field(11, &node(&field(6, &tensor(5, "loop"))))),
        node(&field(22, &tensor(1, "sparse"))),
    ]
    .concat();
    let function = [
        field(7, &field(5, &tensor(5, "function"))),
        field(11, &tensor(5, "default")),
    ]
    .concat();
    let model = [field(7, &graph), field(25, &function)].concat();
    let found = parse(&model).unwrap().data;
    assert_eq!(found["weights"], 111);
    let names: Vec<_> = found.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "constant",
            "constants",
            "default",
            "function",
            "if",
            "indices",
            "loop",
            "sparse",
            "values",
            "weights"
        ]
    );
}

#[test]
fn a_place_without_a_file_or_a_number_is_refused() {
    let nowhere = numeric(14, 1);
    for tensor in [external("a", "-1", "1"), external("a", "0", "x"), nowhere] {
        let model = field(7, &field(5, &tensor));
        assert!(matches!(parse(&model), Err(BadGraph::Broken { .. })));
    }
    // What is said about a place counts only where the tensor is said to be elsewhere.
    let mut here = external("a", "0", "1");
    here.truncate(here.len() - 2);
    let model = field(7, &field(5, &here));
    assert!(parse(&model).unwrap().data.is_empty());
}

#[test]
fn bits_are_those_of_quantised_matrices_in_any_order() {
    let bits = |bits| field(5, &[field(1, b"bits"), numeric(3, bits)].concat());
    let node =
        |operator: &str, bits: Vec<u8>| field(1, &[bits, field(4, operator.as_bytes())].concat());
    let graph = [node("MatMulNBits", bits(4)), node("Gather", bits(8))].concat();
    assert_eq!(parse(&field(7, &graph)).unwrap().weight_bits, Some(4));
}

#[test]
fn sizes_are_fixed_named_or_open() {
    let sizes = [
        numeric(1, 32),
        field(2, b"batch"),
        numeric(1, u64::MAX),
        vec![],
    ];
    let shape: Vec<u8> = sizes.iter().flat_map(|size| field(1, size)).collect();
    let tensor = [numeric(1, 10), field(2, &shape)].concat();
    let output = [field(1, b"logits"), field(2, &field(1, &tensor))].concat();
    let found = parse(&field(7, &field(12, &output))).unwrap().outputs;
    let expected = Outlet {
        name: "logits".to_owned(),
        element: 10,
        shape: vec![
            Dimension::Fixed(32),
            Dimension::Named("batch".to_owned()),
            Dimension::Open,
            Dimension::Open,
        ],
    };
    assert_eq!(found, [expected]);
}

#[test]
fn initializers_are_no_inputs() {
    let graph = [
        field(5, &field(8, b"weight")),
        field(11, &field(1, b"weight")),
        field(11, &field(1, b"ids")),
    ]
    .concat();
    let inputs = parse(&field(7, &graph)).unwrap().inputs;
    assert_eq!(inputs.len(), 1);
    assert_eq!(inputs[0].name, "ids");
}

#[test]
fn other_files_are_refused() {
    assert!(matches!(parse(b""), Err(BadGraph::NoGraph)));
    assert!(matches!(
        parse(b"not a graph"),
        Err(BadGraph::Broken { at: 0 })
    ));
    assert!(matches!(parse(&[0x0a; 3]), Err(BadGraph::CutOff { .. })));
    let endless = [vec![0x08], vec![0xff; 11]].concat();
    assert!(matches!(parse(&endless), Err(BadGraph::Broken { at: 1 })));
}

#[test]
fn what_has_no_end_is_refused() {
    let nested = |depth| {
        let mut graph = Vec::new();
        for _ in 0..depth {
            graph = field(1, &field(5, &field(6, &graph)));
        }
        parse(&field(7, &graph))
    };
    nested(MAX_DEPTH).unwrap();
    assert!(matches!(nested(MAX_DEPTH + 1), Err(BadGraph::TooDeep)));

    let name = vec![b'x'; usize::try_from(MAX_TEXT).unwrap() + 1];
    let model = field(7, &field(1, &field(4, &name)));
    assert!(matches!(parse(&model), Err(BadGraph::LongName { .. })));

    let model = field(7, &field(11, &[]).repeat(MAX_NAMES + 1));
    assert!(matches!(parse(&model), Err(BadGraph::TooMany)));
}

#[test]
fn a_graph_that_was_cut_off_is_refused_wherever_the_cut_is() {
    let whole = fs_err::read(TINY).unwrap();
    for end in (0..whole.len()).step_by(97) {
        parse(&whole[..end]).unwrap_err();
    }
}

#[test]
fn pointers_of_git_lfs_are_known_by_their_first_words() {
    let file = tempfile::NamedTempFile::new().unwrap();
    assert!(!is_lfs_pointer(file.path()).unwrap());
    fs_err::write(file.path(), "version https://git-lfs.github.com/spec/v1\n").unwrap();
    assert!(is_lfs_pointer(file.path()).unwrap());
    assert!(!is_lfs_pointer(Path::new(TINY)).unwrap());
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = parse(&bytes);
    }

    #[test]
    fn no_changed_byte_makes_it_panic(at in 0..18_000_usize, byte: u8) {
        let mut bytes = fs_err::read(TINY).unwrap();
        bytes[at] = byte;
        let _ = parse(&bytes);
    }
}
