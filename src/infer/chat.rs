//! Messages to text, through the template that travels with the model. Knows nothing of tokens.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use minijinja::value::Serde;
use minijinja::{Environment, Value, context};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use crate::package::contents;

use super::confine::{Allowance, Confinement};
use super::dialect;
use super::error::Error;
use super::json;

/// What a model is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Prompt {
    /// One text. It becomes a user message, unless it holds chat tokens of its own, or the model has no
    /// template, or `raw` is set.
    Text {
        /// The text.
        text: String,
        /// Whether it goes in as it is.
        raw: bool,
    },
    /// A conversation.
    Messages(Vec<Message>),
    /// So many tokens without meaning, to measure with.
    Tokens(usize),
}

/// One message of a conversation, as OpenAI and MLflow write it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Who speaks: `system`, `user` or `assistant`.
    pub role: String,
    /// What is said; a list of parts of type `text` is read as their texts together.
    #[serde(default, deserialize_with = "content")]
    pub content: String,
    /// What else the model's template may read, such as `tools`.
    #[serde(flatten)]
    pub more: serde_json::Map<String, serde_json::Value>,
}

impl Message {
    /// What somebody says.
    pub fn new(role: impl Into<String>, content: impl Into<String>) -> Self {
        Self {
            role: role.into(),
            content: content.into(),
            more: serde_json::Map::new(),
        }
    }
}

/// Messages without content, as assistants that call tools have them, say nothing.
fn content<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    fn text<'a>(part: &'a serde_json::Value, field: &str) -> Option<&'a str> {
        part.get(field)?.as_str()
    }
    let expected = "a text or a list of parts of type `text`";
    match serde_json::Value::deserialize(deserializer)? {
        serde_json::Value::Null => Ok(String::new()),
        serde_json::Value::String(text) => Ok(text),
        serde_json::Value::Array(parts) => parts
            .iter()
            .map(|part| match (text(part, "type"), text(part, "text")) {
                (Some("text"), Some(text)) => Ok(text),
                (Some("text") | None, _) => {
                    Err(D::Error::custom(format!("`content` has to be {expected}")))
                }
                (Some(other), _) => Err(D::Error::custom(format!(
                    "a part of type `{other}` is not supported, only `text`"
                ))),
            })
            .collect(),
        _ => Err(D::Error::custom(format!("`content` has to be {expected}"))),
    }
}

/// The model's own way to write a conversation.
#[derive(Debug)]
pub(super) struct Template {
    environment: Arc<Environment<'static>>,
    special_tokens: Value,
    confinement: Confinement,
}

/// The parts of `tokenizer_config.json` that concern templates.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct TokenizerConfig {
    chat_template: Option<Source>,
    bos_token: Option<SpecialToken>,
    eos_token: Option<SpecialToken>,
    pad_token: Option<SpecialToken>,
    unk_token: Option<SpecialToken>,
}

/// One template, or several by name.
#[derive(Debug, Deserialize)]
#[serde(
    untagged,
    expecting = "it has to be a template or a list of named templates"
)]
enum Source {
    One(String),
    Named(Vec<Named>),
}

#[derive(Debug, Deserialize)]
struct Named {
    name: String,
    template: String,
}

impl Source {
    /// Transformers takes the one called `default`; where there is none, the first has to do.
    fn choose(self) -> Option<String> {
        match self {
            Self::One(template) => Some(template),
            Self::Named(mut named) => {
                let index = named.iter().position(|one| one.name == "default");
                (!named.is_empty()).then(|| named.swap_remove(index.unwrap_or(0)).template)
            }
        }
    }
}

/// A token as text, or as an object that holds it.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "it has to be a token")]
enum SpecialToken {
    Text(String),
    Object { content: String },
}

impl SpecialToken {
    fn text(self) -> String {
        match self {
            Self::Text(text) | Self::Object { content: text } => text,
        }
    }
}

const NAME: &str = "chat";

/// Talks as long as any context are of a few megabytes, and written down in milliseconds.
const ALLOWANCE: Allowance = Allowance {
    memory: 256 << 20,
    time: Duration::from_secs(5),
};

impl Template {
    /// Looks in every place where exporters keep the template; `None` where there is none.
    pub(super) fn read(folder: &Path) -> Result<Option<Self>, Error> {
        let path = folder.join("tokenizer_config.json");
        let mut config: TokenizerConfig = read_json(&path)?.unwrap_or_default();
        let inside = config.chat_template.take().and_then(Source::choose);
        let found = match (read_template(folder.join("chat_template.jinja"))?, inside) {
            // Transformers 5 takes the file where there is one.
            (Some(found), _) => Some(found),
            (None, Some(template)) => Some((path, template)),
            (None, None) => find_file(folder)?,
        };
        found
            .map(|(path, template)| Self::new(&path, template, config))
            .transpose()
    }

    fn new(path: &Path, template: String, config: TokenizerConfig) -> Result<Self, Error> {
        let broken = |source| Error::Template {
            path: path.to_path_buf(),
            source,
        };
        let confinement = Confinement::new(ALLOWANCE);
        let parsed = confinement.run(0, move || dialect::environment(NAME, template))?;
        let environment = parsed.ok_or(Error::RenderExhausts)?.map_err(broken)?;
        // A token that the tokenizer lacks is undefined in a template, which reads as nothing.
        let special_tokens: BTreeMap<&str, String> = [
            ("bos_token", config.bos_token),
            ("eos_token", config.eos_token),
            ("pad_token", config.pad_token),
            ("unk_token", config.unk_token),
        ]
        .into_iter()
        .filter_map(|(name, token)| Some((name, token?.text())))
        .collect();
        Ok(Self {
            environment: Arc::new(environment),
            special_tokens: special_tokens.into(),
            confinement,
        })
    }

    /// The conversation as the model reads it, up to where its answer starts.
    pub(super) fn render(&self, messages: &[Message]) -> Result<String, Error> {
        let environment = Arc::clone(&self.environment);
        let special_tokens = self.special_tokens.clone();
        let messages = messages.to_vec();
        let texts = messages.iter().map(|message| message.content.len());
        let rendered = self.confinement.run(texts.sum(), move || {
            environment.get_template(NAME)?.render(context! {
                messages => Value::from(Serde(messages)),
                add_generation_prompt => true,
                // Defined and none, so that templates may ask whether they are none.
                tools => (),
                documents => (),
                ..special_tokens
            })
        })?;
        rendered
            .ok_or(Error::RenderExhausts)?
            .map_err(Error::Render)
    }
}

fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Option<T>, Error> {
    let Some(bytes) = read_if_there(path)? else {
        return Ok(None);
    };
    json::parse(&bytes, path).map(Some)
}

fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    match contents::read(path, contents::SMALL) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::Read(error)),
    }
}

fn read_template(path: PathBuf) -> Result<Option<(PathBuf, String)>, Error> {
    let bytes = read_if_there(&path)?;
    Ok(bytes.map(|bytes| (path, String::from_utf8_lossy(&bytes).into_owned())))
}

/// Processors of Transformers 4 wrote `chat_template.json`; Transformers 5 writes templates beside the usual one into
/// a folder of their own.
fn find_file(folder: &Path) -> Result<Option<(PathBuf, String)>, Error> {
    #[derive(Deserialize)]
    struct File {
        chat_template: String,
    }
    let path = folder.join("chat_template.json");
    if let Some(file) = read_json::<File>(&path)? {
        return Ok(Some((path, file.chat_template)));
    }
    read_template(folder.join("additional_chat_templates/default.jinja"))
}

#[cfg(test)]
mod tests {
    use minijinja::ErrorKind;

    use super::*;

    const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/models/phi3-tiny");

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            let path = folder.path().join(name);
            fs_err::create_dir_all(path.parent().unwrap()).unwrap();
            fs_err::write(path, content).unwrap();
        }
        folder
    }

    fn rendered(files: &[(&str, &str)]) -> Option<String> {
        let template = Template::read(folder(files).path()).unwrap()?;
        Some(template.render(&[Message::new("user", "Hi")]).unwrap())
    }

    #[test]
    fn the_model_s_own_template_is_rendered_as_transformers_does() {
        let template = Template::read(Path::new(FOLDER)).unwrap().unwrap();
        let messages = [
            Message::new("system", "Be brief."),
            Message::new("user", "Hi <b>&amp;"),
        ];
        assert_eq!(
            template.render(&messages).unwrap(),
            "<|system|>\nBe brief.<|end|>\n<|user|>\nHi <b>&amp;<|end|>\n<|assistant|>\n"
        );
    }

    #[test]
    fn a_template_is_found_in_every_place() {
        let template = "{{ bos_token }}{% for m in messages %}\n  {% if true %}\n{{ m.content.strip() }}{% endif %}{% endfor %}";
        let jinja = ("chat_template.jinja", template);
        let json = serde_json::json!({"chat_template": template}).to_string();
        let one = serde_json::json!({"chat_template": template, "bos_token": {"content": "<s>"}});
        let several = serde_json::json!({"bos_token": "<s>", "chat_template": [
            {"name": "tool_use", "template": "no"}, {"name": "default", "template": template}
        ]});
        assert_eq!(rendered(&[]), None);
        assert_eq!(rendered(&[("tokenizer_config.json", "{}")]), None);
        assert_eq!(rendered(&[jinja]).unwrap(), "Hi");
        let other = ("tokenizer_config.json", r#"{"chat_template": "no"}"#);
        assert_eq!(rendered(&[jinja, other]).unwrap(), "Hi");
        let additional = ("additional_chat_templates/default.jinja", template);
        assert_eq!(rendered(&[additional]).unwrap(), "Hi");
        assert_eq!(rendered(&[("chat_template.json", &json)]).unwrap(), "Hi");
        for config in [one, several] {
            let config = config.to_string();
            assert_eq!(
                rendered(&[("tokenizer_config.json", &config)]).unwrap(),
                "<s>Hi"
            );
        }
    }

    #[test]
    fn templates_may_refuse_and_may_ask_for_the_date() {
        let year = rendered(&[("chat_template.jinja", "{{ strftime_now('%Y') }}")]).unwrap();
        assert_eq!(year.len(), 4);
        let folder = folder(&[(
            "chat_template.jinja",
            "{{ raise_exception('roles must alternate') }}",
        )]);
        let template = Template::read(folder.path()).unwrap().unwrap();
        let error = template.render(&[Message::new("user", "Hi")]).unwrap_err();
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert!(cause.contains("roles must alternate"), "{cause}");
    }

    #[test]
    fn a_template_may_loop_over_long_talks_and_not_for_ever() {
        let talk = vec![Message::new("user", "Hi"); 10_000];
        let template = Template::read(Path::new(FOLDER)).unwrap().unwrap();
        template.render(&talk).unwrap();

        let endless =
            "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}";
        let folder = folder(&[("chat_template.jinja", endless)]);
        let template = Template::read(folder.path()).unwrap().unwrap();
        let error = template.render(&talk).unwrap_err();
        assert!(
            matches!(&error, Error::Render(cause) if cause.kind() == ErrorKind::OutOfFuel),
            "{error}"
        );
    }

    #[test]
    fn a_template_may_not_take_all_memory() {
        for exhausting in [
            "{% set text = 'Hello' * 100000 %}{{ text.replace('l', text) }}",
            "{% set text = 'Hello' * 100000 %}{{ text.join(range(10000)) }}",
            "{{ '{:99999999999}'.format('Hello') }}",
        ] {
            let folder = folder(&[("chat_template.jinja", exhausting)]);
            let template = Template::read(folder.path()).unwrap().unwrap();
            let error = template.render(&[Message::new("user", "Hi")]).unwrap_err();
            assert!(
                matches!(error, Error::RenderExhausts),
                "{exhausting}: {error:?}"
            );
        }
    }

    #[test]
    fn lists_in_lists_in_lists_do_not_end_the_process() {
        for read in ["", "{{ list.list }}", "{{ list.list | tojson }}"] {
            let deep = format!(
                "{{% set list = namespace(list=[]) %}}{{% for _ in range(3) %}}{{% for _ in range(66000) %}}\
                {{% set list.list = [list.list] %}}{{% endfor %}}{{% endfor %}}{read}"
            );
            let folder = folder(&[("chat_template.jinja", &deep)]);
            let template = Template::read(folder.path()).unwrap().unwrap();
            drop(template.render(&[Message::new("user", "Hi")]));
        }
    }

    #[test]
    fn templates_of_many_parts_do_not_end_the_process() {
        let branches = format!(
            "{{% if false %}}{}{{% endif %}}Hi",
            "{% elif false %}".repeat(5000)
        );
        assert_eq!(
            rendered(&[("chat_template.jinja", &branches)]).unwrap(),
            "Hi"
        );
        let sum = format!("{{{{ 1{} }}}}", "+1".repeat(50_000));
        assert_eq!(rendered(&[("chat_template.jinja", &sum)]).unwrap(), "50001");
        let folder = folder(&[("chat_template.jinja", &"Hi".repeat(100_000))]);
        Template::read(folder.path()).unwrap_err();
    }

    #[test]
    fn broken_templates_are_refused_by_file() {
        let folder = folder(&[("chat_template.jinja", "{% for %}")]);
        let text = Template::read(folder.path()).unwrap_err().to_string();
        assert!(text.contains("chat_template.jinja"), "{text}");
    }

    #[test]
    fn content_is_a_text_or_parts_of_text() {
        let read = |json| serde_json::from_value::<Message>(json);
        let parts = serde_json::json!({"role": "user", "content": [
            {"type": "text", "text": "a"}, {"type": "text", "text": "b"}
        ]});
        assert_eq!(read(parts).unwrap(), Message::new("user", "ab"));
        let text = serde_json::json!({"role": "user", "content": "ab", "name": "x"});
        let mut named = Message::new("user", "ab");
        named.more.insert("name".to_owned(), "x".into());
        assert_eq!(read(text).unwrap(), named);
        let image = serde_json::json!({"role": "user", "content": [{"type": "image_url"}]});
        read(image).unwrap_err();
    }
}
