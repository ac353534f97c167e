//! What the type hints of somebody's `predict` say of its model, read from the text of the file: nothing is run.
//!
//! Only hints made of names that mean one thing everywhere are understood (`mlflow/types/type_hints.py`, 3.17.2); what a
//! class of pydantic has for fields only Python knows.

mod text;

use serde_json::Value;

use text::{split, split_at_end, without_comments};

use crate::package::schema::{Column, DataType, Schema, Type};

/// The hints of the model's input and of what `predict` returns.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::package) struct Hints {
    pub(in crate::package) input: Hint,
    pub(in crate::package) output: Hint,
}

/// A type hint.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::package) enum Hint {
    /// There is none, or one of which MLflow makes no schema, such as that of a data frame.
    #[default]
    None,
    /// One that is understood.
    Known(Expression),
    /// One that only Python understands.
    Unknown,
}

/// A type hint that is understood.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::package) enum Expression {
    Data(DataType),
    Any,
    List(Box<Self>),
    Dict(Box<Self>),
    Optional(Box<Self>),
}

/// Classes of which MLflow makes no schema (`type_hints_no_signature_inference`).
const TABLES: [&str; 10] = [
    "DataFrame",
    "Series",
    "ndarray",
    "np.ndarray",
    "numpy.ndarray",
    "pandas.DataFrame",
    "pandas.Series",
    "pd.DataFrame",
    "pd.Series",
    "TypeFromExample",
];

impl Hints {
    /// Reads them from Python code with one class that has a `predict`; of other code nothing is known.
    pub(super) fn read(code: &str) -> Self {
        let code = without_comments(code);
        let mut methods = code.split("def predict(").skip(1);
        let (Some(method), None) = (methods.next(), methods.next()) else {
            return Self::default();
        };
        let Some((parameters, rest)) = split_at_end(method, ')') else {
            return Self::default();
        };
        let parameters: Vec<_> = split(parameters, ',')
            .into_iter()
            .filter(|it| !it.is_empty() && !it.starts_with('*') && *it != "/")
            .map(Parameter::read)
            .collect();
        // A function that is no method takes its input first; `self` says which it is.
        let Some(("self", parameters)) = parameters.split_first().map(|(it, all)| (it.name, all))
        else {
            return Self::default();
        };
        let datetime = Datetime::of(&code);
        let read = |text: Option<&str>| text.map_or(Hint::None, |it| Hint::read(it, datetime));
        let output = rest.trim_start().strip_prefix("->");
        let output = output.and_then(|rest| split_at_end(rest, ':'));
        Self {
            input: read(input(parameters).and_then(|it| it.hint)),
            output: read(output.map(|(hint, _)| hint)),
        }
    }

    /// The schema of the input, where there is one: its hint is a list of what one row is
    /// (`_infer_schema_from_list_type_hint`).
    pub(in crate::package) fn inputs(&self) -> Option<Schema> {
        match &self.input {
            Hint::Known(Expression::List(row)) => row.schema(),
            _ => None,
        }
    }

    /// The schema of the output; anything at all where a hint does not say.
    pub(in crate::package) fn outputs(&self) -> Option<Schema> {
        match &self.output {
            Hint::Known(Expression::List(row)) => row.schema(),
            Hint::Known(other) => other.schema(),
            _ => None,
        }
    }

    /// Whether the input is hinted to be something that this is (`_validate_data_against_type_hint`).
    pub(in crate::package) fn takes(&self, value: &Value) -> bool {
        match &self.input {
            Hint::Known(hint) => hint.takes(value),
            _ => true,
        }
    }
}

/// The parameter with the model's input (`_is_context_in_predict_function_signature`).
fn input<'a>(parameters: &[Parameter<'a>]) -> Option<Parameter<'a>> {
    let mut others = parameters.iter().filter(|it| it.name != "params");
    let (first, second) = (others.next()?, others.next());
    let has_context = parameters.iter().any(|it| it.name == "context") || second.is_some();
    if has_context { second } else { Some(first) }.copied()
}

/// A parameter of a function.
#[derive(Clone, Copy)]
struct Parameter<'a> {
    name: &'a str,
    hint: Option<&'a str>,
}

impl<'a> Parameter<'a> {
    fn read(text: &'a str) -> Self {
        let text = split(text, '=').first().copied().unwrap_or_default();
        match text.split_once(':') {
            Some((name, hint)) => Self {
                name: name.trim(),
                hint: Some(hint.trim()),
            },
            None => Self {
                name: text.trim(),
                hint: None,
            },
        }
    }
}

/// What the file imports under the name `datetime`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Datetime {
    Module,
    Class,
}

impl Datetime {
    fn of(code: &str) -> Self {
        let is_class = code.lines().map(str::trim).any(|line| {
            line.strip_prefix("from datetime import ")
                .is_some_and(|names| split(names, ',').contains(&"datetime"))
        });
        if is_class { Self::Class } else { Self::Module }
    }
}

impl Hint {
    fn read(text: &str, datetime: Datetime) -> Self {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if TABLES.contains(&text.as_str()) {
            return Self::None;
        }
        match Expression::read(&text, datetime) {
            Some(known) => Self::Known(known),
            None => Self::Unknown,
        }
    }
}

impl Expression {
    fn read(text: &str, datetime: Datetime) -> Option<Self> {
        let all = split(text, '|');
        if all.len() > 1 {
            return Self::union(&all, datetime);
        }
        let (name, inner) = match text.trim().strip_suffix(']') {
            Some(generic) => {
                let (name, inner) = generic.split_once('[')?;
                (name, Some(split(inner, ',')))
            }
            None => (text.trim(), None),
        };
        let name = name.trim();
        let name = name.strip_prefix("typing.").unwrap_or(name);
        let read = |text: &str| Self::read(text, datetime).map(Box::new);
        Some(match (name, inner.as_deref()) {
            ("Any", None) => Self::Any,
            ("list" | "List", Some([row])) => Self::List(read(row)?),
            ("dict" | "Dict", Some(["str", value])) => Self::Dict(read(value)?),
            ("Optional", Some([inner])) => Self::Optional(read(inner)?),
            ("Union", Some(all)) => Self::union(all, datetime)?,
            (name, None) => Self::Data(data(name, datetime)?),
            _ => return None,
        })
    }

    /// Of several types any may come; of one and `None`, that one or nothing.
    fn union(all: &[&str], datetime: Datetime) -> Option<Self> {
        let read = |text: &&&str| Self::read(text, datetime);
        let some = all.iter().filter(|text| **text != "None");
        let mut types = some.map(|text| read(&text)).collect::<Option<Vec<_>>>()?;
        let is_optional = types.len() < all.len();
        let one = match (types.len(), types.pop()) {
            (1, Some(one)) => one,
            _ => Self::Any,
        };
        Some(if is_optional {
            Self::Optional(Box::new(one))
        } else {
            one
        })
    }

    /// One column without a name; none of what may be nothing, which MLflow refuses.
    fn schema(&self) -> Option<Schema> {
        if matches!(self, Self::Optional(_)) {
            return None;
        }
        Some(Schema::Columns(vec![Column {
            name: None,
            kind: self.kind(),
            is_required: true,
        }]))
    }

    fn kind(&self) -> Type {
        match self {
            Self::Data(data) => Type::Data(*data),
            Self::Any => Type::Any,
            Self::List(row) => Type::Array(Box::new(row.kind())),
            Self::Dict(value) => Type::Map(Box::new(value.kind())),
            Self::Optional(inner) => inner.kind(),
        }
    }

    fn takes(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Any, _) | (Self::Optional(_), Value::Null) => true,
            (Self::Optional(inner), value) => inner.takes(value),
            (Self::List(row), Value::Array(rows)) => rows.iter().all(|it| row.takes(it)),
            (Self::Dict(kind), Value::Object(fields)) => fields.values().all(|it| kind.takes(it)),
            (Self::Data(data), value) => is(*data, value),
            _ => false,
        }
    }
}

/// Whether JSON becomes a value of this type in Python.
fn is(data: DataType, value: &Value) -> bool {
    match data {
        DataType::String => value.is_string(),
        DataType::Boolean => value.is_boolean(),
        // A boolean is an integer there.
        DataType::Long | DataType::Integer => {
            value.is_i64() || value.is_u64() || value.is_boolean()
        }
        DataType::Double | DataType::Float => value.is_f64(),
        // They have no JSON of their own and are written as objects.
        DataType::Binary | DataType::Datetime => value.is_object(),
    }
}

/// `TYPE_HINTS_TO_DATATYPE_MAPPING`.
fn data(name: &str, datetime: Datetime) -> Option<DataType> {
    Some(match (name, datetime) {
        ("str", _) => DataType::String,
        ("int", _) => DataType::Long,
        ("float", _) => DataType::Double,
        ("bool", _) => DataType::Boolean,
        ("bytes", _) => DataType::Binary,
        ("datetime", Datetime::Class) | ("datetime.datetime", Datetime::Module) => {
            DataType::Datetime
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hints(parameters: &str) -> Hints {
        Hints::read(&format!(
            "from datetime import date, datetime\n\n\nclass Own(PythonModel):\n    def predict({parameters}:\n        ...\n"
        ))
    }

    fn input(hint: &str) -> Hint {
        hints(&format!("self, context, model_input: {hint}, params=None)")).input
    }

    #[test]
    fn the_input_is_found_whatever_it_is_called() {
        let list = Hint::Known(Expression::List(Box::new(Expression::Data(
            DataType::String,
        ))));
        for parameters in [
            "self, context, model_input: list[str])",
            "self, ctx, rows: 'ignored' = 1, params: dict[str, Any] | None = None)",
            "self, model_input: list[str])",
            "self, model_input: list[str] = (1, 2), params=None) -> str",
            "\n  self,\n  context,  # a, comment: with) all\n  model_input: list[\n    str\n  ],\n)",
        ] {
            let read = hints(parameters).input;
            let expected = if parameters.contains("ctx") {
                Hint::Unknown
            } else {
                list.clone()
            };
            assert_eq!(read, expected, "{parameters}");
        }
        for parameters in [
            "model_input: list[str])",
            "self)",
            "self, model_input)",
            "self",
        ] {
            assert_eq!(hints(parameters).input, Hint::None, "{parameters}");
        }
        let two = "class A:\n def predict(self, x: list[str]): ...\nclass B:\n def predict(self, x: list[int]): ...";
        assert_eq!(Hints::read(two), Hints::default());
        assert_eq!(
            Hints::read("'''def predict(self, x: list[str]):'''"),
            Hints::default()
        );
    }

    #[test]
    fn what_only_python_knows_is_not_guessed() {
        for hint in [
            "Question",
            "list[Question]",
            "list",
            "dict[int, str]",
            "list[str, int]",
            "Literal['a']",
            "datetime.datetime",
            "list[Optional]",
            "tuple[str, ...]",
            "None",
        ] {
            assert_eq!(input(hint), Hint::Unknown, "{hint}");
        }
        for hint in ["pd.DataFrame", "numpy.ndarray"] {
            assert_eq!(input(hint), Hint::None);
        }
    }

    #[test]
    fn an_example_is_what_the_hint_says() {
        for (hint, value, expected) in [
            ("list[str]", r#"["a"]"#, true),
            ("list[str]", r#""a""#, false),
            ("list[int]", "[1, true]", true),
            ("list[int]", "[1.0]", false),
            ("list[float]", "[1]", false),
            (
                "list[dict[str, float | None]]",
                r#"[{"a": null, "b": 1.5}]"#,
                true,
            ),
            ("list[dict[str, float]]", r#"[{"a": null}]"#, false),
            ("list[int | str]", r#"[1, "a", [2]]"#, true),
            (
                "list[datetime]",
                r#"[{"$date": "2024-05-01T12:00:00"}]"#,
                true,
            ),
        ] {
            let hints = Hints {
                input: input(hint),
                output: Hint::None,
            };
            let value: Value = serde_json::from_str(value).unwrap();
            assert_eq!(hints.takes(&value), expected, "{hint} {value}");
        }
    }
}
