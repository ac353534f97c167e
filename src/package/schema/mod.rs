//! What goes into a model and what comes out: MLflow's types, columns, tensors and params, by MLflow's own rules.
//!
//! It runs no model and reads no files. The rules are those of `mlflow/types/schema.py` and `mlflow/types/utils.py`
//! (3.17.2) as far as they concern values that can be written as JSON.

mod datum;
mod enforce;
mod frame;
mod infer;
mod merge;
mod params;
mod read;
mod table;
mod tensors;
mod write;

use serde_json::Value;

pub use datum::{Data, Named};
pub use enforce::{Finding, Findings};
pub use frame::Frame;
pub use infer::{Inferred, infer_signature};
pub use params::BadParam;
pub use read::BadSignature;

use datum::Datum;
pub(super) use datum::as_written;
pub(super) use frame::array_as_written;

/// What goes in, what comes out, and what may be said besides.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct ModelSignature {
    /// The inputs.
    pub inputs: Option<Schema>,
    /// The outputs.
    pub outputs: Option<Schema>,
    /// The params that may come with the inputs.
    pub params: Option<Vec<Param>>,
}

/// One side of a model.
#[derive(Debug, Clone, PartialEq)]
pub enum Schema {
    /// Columns of a table, all of them named or none.
    Columns(Vec<Column>),
    /// Arrays of numbers, named where there are several.
    Tensors(Vec<Tensor>),
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: Option<String>,
    /// What its cells hold.
    pub kind: Type,
    /// Whether it may be left out.
    pub is_required: bool,
}

/// An array of numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tensor {
    /// Its name.
    pub name: Option<String>,
    /// NumPy's name of its numbers.
    pub dtype: String,
    /// Its dimensions; −1 is any.
    pub shape: Vec<i64>,
}

/// A param with its default.
#[derive(Debug, Clone, PartialEq)]
pub struct Param {
    /// Its name.
    pub name: String,
    /// A scalar or an object.
    pub kind: Type,
    /// What it is where nobody says anything.
    pub default: Value,
    /// Whether it is a list of those.
    pub is_list: bool,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// A scalar.
    Data(DataType),
    /// A list.
    Array(Box<Self>),
    /// An object with these properties, sorted by name.
    Object(Vec<Property>),
    /// An object with any names.
    Map(Box<Self>),
    /// A vector of Spark.
    SparkVector,
    /// Anything at all.
    Any,
}

/// A property of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Property {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Type,
    /// Whether it may be left out.
    pub is_required: bool,
}

/// A scalar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataType {
    /// Yes or no.
    Boolean,
    /// 32 bits.
    Integer,
    /// 64 bits.
    Long,
    /// 32 bits.
    Float,
    /// 64 bits.
    Double,
    /// Text.
    String,
    /// Bytes.
    Binary,
    /// A date or a moment.
    Datetime,
}

impl DataType {
    const ALL: [(Self, &'static str); 8] = [
        (Self::Boolean, "boolean"),
        (Self::Integer, "integer"),
        (Self::Long, "long"),
        (Self::Float, "float"),
        (Self::Double, "double"),
        (Self::String, "string"),
        (Self::Binary, "binary"),
        (Self::Datetime, "datetime"),
    ];

    /// MLflow's name.
    pub fn name(self) -> &'static str {
        let mut all = Self::ALL.into_iter();
        all.find(|(one, _)| *one == self)
            .map_or("", |(_, name)| name)
    }

    fn from_name(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|(_, known)| *known == name).map(|(one, _)| one)
    }
}

impl Type {
    /// What a reader of an error takes it for.
    fn title(&self) -> String {
        match self {
            Self::Data(data) => data.name().to_owned(),
            Self::Array(items) => format!("a list of {}", items.title()),
            Self::Object(_) => "an object".to_owned(),
            Self::Map(values) => format!("an object whose values are {}", values.title()),
            Self::SparkVector => "a list of double".to_owned(),
            Self::Any => "anything".to_owned(),
        }
    }
}
