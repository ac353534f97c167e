//! The Jinja that chat templates are written in: as Transformers renders it, with Python's methods and JSON.
//!
//! Knows nothing of messages. A template is data of strangers: its steps are counted here, but one step may make as much
//! as it likes of lists of lists or of texts put into texts; who renders has to see to that.

use std::fmt::Display;
use std::io;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Kwargs;
use minijinja::{Environment, Error, ErrorKind, Value};
use minijinja_contrib::pycompat::unknown_method_callback;
use serde::Serialize as _;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};

/// Steps that a template may take: thousands of messages need fewer, a loop without end needs more.
const FUEL: u64 = 1 << 21;

/// Longer than any template: the longest have some 20,000 bytes. Their parts may all be inside each other.
const LONGEST: usize = 128 << 10;

/// Renders `template` by `name`.
pub(super) fn environment(
    name: &'static str,
    template: String,
) -> Result<Environment<'static>, Error> {
    if template.len() > LONGEST {
        let error = format!("it has {} bytes, more than {LONGEST}", template.len());
        return Err(Error::new(ErrorKind::SyntaxError, error));
    }
    let mut environment = Environment::new();
    environment.set_fuel(Some(FUEL));
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build()?;
    environment.set_syntax(syntax);
    environment.set_unknown_method_callback(unknown_method_callback);
    environment.add_function("raise_exception", raise_exception);
    environment.add_function("strftime_now", strftime_now);
    environment.add_filter("tojson", to_json);
    environment.add_template_owned(name, template)?;
    Ok(environment)
}

fn raise_exception(message: String) -> Result<Value, Error> {
    Err(Error::new(ErrorKind::InvalidOperation, message))
}

fn strftime_now(format: &str) -> Result<String, Error> {
    jiff::fmt::strtime::format(format, &jiff::Zoned::now())
        .map_err(|error| Error::new(ErrorKind::InvalidOperation, error.to_string()))
}

/// As `json.dumps` of Python writes it, nothing escaped for HTML.
#[expect(
    clippy::needless_pass_by_value,
    reason = "filters are called with arguments of their own"
)]
fn to_json(value: &Value, options: Kwargs) -> Result<String, Error> {
    let indent: Option<usize> = options.get("indent")?;
    options.assert_all_used()?;
    let mut text = Vec::new();
    let written = match indent {
        Some(width) => {
            let indent = " ".repeat(width.min(MAX_INDENT));
            let formatter = PrettyFormatter::with_indent(indent.as_bytes());
            value.serialize(&mut Serializer::with_formatter(&mut text, formatter))
        }
        None => value.serialize(&mut Serializer::with_formatter(&mut text, Spaced)),
    };
    let failed = |error: &dyn Display| Error::new(ErrorKind::BadSerialization, error.to_string());
    written.map_err(|error| failed(&error))?;
    String::from_utf8(text).map_err(|error| failed(&error))
}

/// More than any template indents.
const MAX_INDENT: usize = 64;

/// A space after each comma and colon, as Python has it.
struct Spaced;

impl Formatter for Spaced {
    fn begin_array_value<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        writer.write_all(if first { b"" } else { b", " })
    }

    fn begin_object_key<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        writer.write_all(if first { b"" } else { b", " })
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(template: &str) -> Result<String, Error> {
        let environment = environment("test", template.to_owned())?;
        environment.get_template("test")?.render(())
    }

    #[test]
    fn json_is_written_as_python_writes_it() {
        let template =
            "{{ {'a': [1, '<é>'], 'b': none is none} | tojson }}{{ [1] | tojson(indent=2) }}";
        assert_eq!(
            rendered(template).unwrap(),
            "{\"a\": [1, \"<é>\"], \"b\": true}[\n  1\n]"
        );
    }
}
