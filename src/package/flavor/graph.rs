//! A single `.onnx` file with its weights as MLflow's `onnx` flavor (`mlflow/onnx/__init__.py`, `save_model`).
//!
//! It runs nothing; what goes in and what comes out is read from the graph.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::{Draft, Kind, Plan, python_function};
use crate::entity::manifest::RelativePath;
use crate::package::onnx::{Description, Dimension, Outlet};
use crate::package::source::{self, Found};
use crate::package::{Error, MlflowRelease, Options, genai, json as python};

/// The name that the graph has in the model.
const DATA: &str = "model.onnx";

/// What has no meaning for a graph.
const MEANINGLESS: &[&str] = &["task", "artifact-name", "artifact", "model-config"];

/// A checked graph.
#[derive(Debug)]
pub(in crate::package) struct Graph {
    description: Description,
}

pub(super) fn plan(source: &Path, options: &Options) -> Result<Plan, Error> {
    options.check(Found::OnnxFile, MEANINGLESS)?;
    let graph = source::file(source)?;
    let name = DATA.parse::<RelativePath>();
    let target = name.map_err(|_| Error::NotUnicode { path: DATA.into() })?;
    let parent = match source.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let description = genai::read_graph(&graph)?;
    let mut files = vec![(target, graph.clone())];
    for (location, &needed) in &description.data {
        let field = "external_data".to_owned();
        let Ok(path) = location.parse::<RelativePath>() else {
            return Err(Error::Leaves {
                file: graph.path,
                field,
                path: location.clone(),
            });
        };
        let real = path.under(parent);
        if !real.is_file() {
            return Err(Error::Missing {
                file: graph.path,
                field,
                path,
            });
        }
        let data = source::File {
            path: path.clone(),
            ..source::file(&real)?
        };
        genai::check_data(&graph, &data, needed)?;
        files.push((path, data));
    }
    Ok(Plan {
        kind: Kind::Graph(Graph { description }),
        files,
    })
}

impl Graph {
    pub(super) fn draft(&self, release: MlflowRelease, options: &Options) -> Result<Draft, Error> {
        // The newest that this MLflow knows (`mlflow/ml_package_versions.py`) and that has a wheel.
        let onnx = match release {
            MlflowRelease::V3 => "1.23.0",
            MlflowRelease::V2 => "1.17.0",
        };
        let mut function = python_function("mlflow.onnx", options);
        function.insert("data".into(), DATA.into());
        if !options.code_paths.is_empty() {
            function.insert("code".into(), options.code());
        }
        function.sort_keys();
        let mut flavors = Map::new();
        let graph = json!({
            "code": options.code(),
            "data": DATA,
            "onnx_session_options": null,
            "onnx_version": onnx,
            "providers": ["CUDAExecutionProvider", "CPUExecutionProvider"],
        });
        flavors.insert("onnx".into(), graph);
        flavors.insert("python_function".into(), function.into());
        let mut description = Map::new();
        genai::describe(std::slice::from_ref(&self.description), &mut description);
        Ok(Draft {
            flavors,
            signature: options.signature.or(self.signature()?),
            example: options.example(None)?,
            metadata: options.metadata.clone(),
            // The runtime that phi3ml itself installs, so that both give the same numbers.
            requirements: vec![format!("onnx=={onnx}"), "onnxruntime==1.31.1".to_owned()],
            description,
            ..Draft::default()
        })
    }

    /// None where Python has no such number, or nothing goes in.
    fn signature(&self) -> Result<Option<Value>, Error> {
        let (inputs, outputs) = (&self.description.inputs, &self.description.outputs);
        let (Some(inputs), Some(outputs)) = (tensors(inputs), tensors(outputs)) else {
            return Ok(None);
        };
        Ok(Some(json!({
            "inputs": python::dumps(&inputs)?,
            "outputs": python::dumps(&outputs)?,
            "params": null,
        })))
    }
}

/// `mlflow/types/schema.py`, `TensorSpec.to_dict`.
fn tensors(outlets: &[Outlet]) -> Option<Value> {
    let tensor = |outlet: &Outlet| {
        let shape: Vec<_> = outlet.shape.iter().map(size).collect();
        Some(json!({
            "name": outlet.name,
            "type": "tensor",
            "tensor-spec": {"dtype": dtype(outlet.element)?, "shape": shape},
        }))
    };
    let tensors: Option<Vec<_>> = outlets.iter().map(tensor).collect();
    Some(tensors.filter(|all| !all.is_empty())?.into())
}

fn size(dimension: &Dimension) -> i64 {
    match dimension {
        Dimension::Fixed(size) => i64::try_from(*size).unwrap_or(-1),
        Dimension::Open | Dimension::Named(_) => -1,
    }
}

/// Python's name (that of its arrays) of a `TensorProto.DataType` (`onnx/onnx.proto`).
fn dtype(element: u64) -> Option<&'static str> {
    Some(match element {
        1 => "float32",
        2 => "uint8",
        3 => "int8",
        4 => "uint16",
        5 => "int16",
        6 => "int32",
        7 => "int64",
        8 => "str",
        9 => "bool",
        10 => "float16",
        11 => "float64",
        12 => "uint32",
        13 => "uint64",
        14 => "complex64",
        15 => "complex128",
        _ => return None,
    })
}
