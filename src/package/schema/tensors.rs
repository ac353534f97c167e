//! Whether an example is the tensors that a signature names.
//!
//! It knows no columns.

use super::enforce::Findings;
use super::{Data, Tensor, frame};

pub(super) fn check(specs: &[Tensor], data: &Data, findings: &mut Findings) {
    for spec in specs {
        let name = spec.name.as_deref();
        let path = name.unwrap_or("inputs").to_owned();
        let found = match (data, name) {
            (Data::Tensor(value) | Data::Json(value), None) => Some(value),
            (Data::Json(value), Some(name)) => value.get(name),
            (Data::Tensors(named), Some(name)) => {
                let mut named = named.iter();
                named.find(|(known, _)| known == name).map(|(_, it)| it)
            }
            _ => None,
        };
        let expected = format!("a tensor {} {:?}", spec.dtype, spec.shape);
        let Some(found) = found else {
            findings.lacks(path, expected);
            continue;
        };
        match frame::array(found) {
            Ok((dtype, shape)) if spec.takes(dtype, &shape) => {}
            Ok(_) | Err(_) => findings.refuse(path, expected, found),
        }
    }
}

impl Tensor {
    /// Scoring servers convert the numbers of JSON to those of the schema.
    fn takes(&self, dtype: &str, shape: &[i64]) -> bool {
        let is_fraction = self.dtype.starts_with("float") || self.dtype.starts_with("complex");
        let is_integer = self.dtype.starts_with("int") || self.dtype.starts_with("uint");
        let is_alike = match dtype {
            "bool" => self.dtype == "bool",
            "str" => matches!(self.dtype.as_str(), "str" | "object" | "bytes"),
            "float64" => is_fraction,
            _ => is_fraction || is_integer,
        };
        let mut dimensions = self.shape.iter().zip(shape);
        is_alike
            && self.shape.len() == shape.len()
            && dimensions.all(|(wanted, found)| *wanted == -1 || wanted == found)
    }
}
