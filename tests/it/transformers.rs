//! Tokens of odd texts and of conversations, against what Transformers makes of them.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use phi3ml::infer::{EngineChoice, Exported, Generator, Message, OpenOptions, Prompt, Search};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::support::python::Python;
use crate::support::{Context, environment, full_ring, phi3_tiny};

#[derive(Deserialize)]
struct Read {
    texts: Vec<Text>,
    chats: Vec<Chat>,
}

#[derive(Deserialize)]
struct Text {
    text: String,
    ids: Vec<u32>,
}

#[derive(Deserialize)]
struct Chat {
    messages: Vec<Message>,
    ids: Vec<u32>,
}

/// The tokens of a prompt, without an answer.
fn tokens(generator: &mut Generator, prompt: &Prompt) -> Vec<u32> {
    let search = Search {
        max_new_tokens: Some(0),
        ..Search::default()
    };
    let answer = generator.generate(prompt, &search, &mut |_| ControlFlow::Continue(()));
    answer.unwrap().prompt_ids
}

/// Reads all texts and conversations with the models in these folders as Transformers does.
fn read_as_transformers_reads(folders: &[PathBuf]) {
    let paths: Vec<_> = folders
        .iter()
        .map(|folder| folder.to_str().unwrap())
        .collect();
    let read = Python::transformers().script("transformers_reads.py", &[], &paths);
    let read: Vec<Read> = serde_json::from_value(read).unwrap();
    for (folder, read) in folders.iter().zip(read) {
        let name = folder.file_name().unwrap().display();
        let options = OpenOptions {
            engine: EngineChoice::Rten,
            ..OpenOptions::default()
        };
        let mut generator = Generator::open(Exported::read(folder).unwrap(), &options).unwrap();
        assert!(read.texts.len() > 400);
        for Text { text, ids } in read.texts {
            let prompt = Prompt::Text {
                text: text.clone(),
                raw: true,
            };
            assert_eq!(tokens(&mut generator, &prompt), ids, "{name}: {text:?}");
        }
        assert!(read.chats.len() > 4, "{name} has no template");
        for Chat { messages, ids } in read.chats {
            let prompt = Prompt::Messages(messages.clone());
            assert_eq!(tokens(&mut generator, &prompt), ids, "{name}: {messages:?}");
        }
    }
}

fn change(path: &Path, edit: impl FnOnce(&mut Value)) {
    let mut value = serde_json::from_slice(&fs_err::read(path).unwrap()).unwrap();
    edit(&mut value);
    fs_err::write(path, value.to_string()).unwrap();
}

/// Templates as models have them, and as templates may be.
const PLAIN: &str = "{% for message in messages %}{% if message['role'] == 'system' and message['content'] %}\
    {{'<|system|>\n' + message['content'] + '<|end|>\n'}}{% elif message['role'] == 'user' %}\
    {{'<|user|>\n' + message['content'] + '<|end|>\n'}}{% elif message['role'] == 'assistant' %}\
    {{'<|assistant|>\n' + message['content'] + '<|end|>\n'}}{% endif %}{% endfor %}\
    {% if add_generation_prompt %}{{ '<|assistant|>\n' }}{% else %}{{ eos_token }}{% endif %}";

const WITH_TOOLS: &str = "{% for message in messages %}{% if message['role'] == 'system' and 'tools' in message and \
    message['tools'] is not none %}{{ '<|' + message['role'] + '|>' + message['content'] + '<|tool|>' + \
    message['tools'] + '<|/tool|>' + '<|end|>' }}{% else %}{{ '<|' + message['role'] + '|>' + message['content'] + \
    '<|end|>' }}{% endif %}{% endfor %}{% if add_generation_prompt %}{{ '<|assistant|>' }}{% else %}\
    {{ eos_token }}{% endif %}";

const LONG_WAY: &str = "
{%- set ns = namespace(found=false) -%}
{%- if messages[0].role == 'system' %}
    {%- set system = messages[0]['content'].strip() %}
    {%- set talk = messages[1:] %}
{%- else %}
    {%- set system = 'none' %}
    {%- set talk = messages %}
{%- endif %}
{{ bos_token }}{{ system | upper }}
{% macro turn(message, index) -%}
    [{{ index }}/{{ message.role[:2] }}] {{ message.content | trim }} {{ message | tojson }}
{%- endmacro %}
{% for message in talk if message.content %}
    {% if loop.index0 % 2 == 1 and not loop.last %}{% set ns.found = true %}{% endif %}
    {% if loop.index > 6 %}{% break %}{% endif %}
    {{ turn(message, loop.index) }}
{% endfor %}
{{ ns.found }} {{ tools is none }} {{ documents is defined }} {{ messages | length }}
{{ messages | map(attribute='role') | join(', ') }} {{ 'a,b'.split(',')[-1] }} {{ 'x' if tools else 'y' }}
<|assistant|>
";

#[test]
fn odd_texts_and_templates_from_every_place_are_read_as_transformers_reads_them() {
    if !full_ring("tokenizer and templates beside Transformers") {
        return;
    }
    let context = Context::new();
    let place = |name: &str, template: &Value, file: Option<&str>| {
        let folder = context.copy_of(&phi3_tiny(), name);
        change(&folder.join("tokenizer_config.json"), |config| {
            match file {
                Some(_) => _ = config.as_object_mut().unwrap().remove("chat_template"),
                None => config["chat_template"] = template.clone(),
            }
            config["bos_token"] = json!({"__type": "AddedToken", "content": "<s>", "lstrip": false,
                "rstrip": false, "normalized": false, "single_word": false, "special": true});
        });
        match (file, template.as_str()) {
            (Some(file @ "chat_template.json"), Some(template)) => {
                let content = json!({"chat_template": template}).to_string();
                fs_err::write(folder.join(file), content).unwrap();
            }
            (Some(file), Some(template)) => fs_err::write(folder.join(file), template).unwrap(),
            _ => {}
        }
        folder
    };
    let bytes = place("bytes", &WITH_TOOLS.into(), None);
    Python::transformers().script("train_byte_level.py", &[], &[bytes.to_str().unwrap()]);
    let named =
        json!([{"name": "rag", "template": "no"}, {"name": "default", "template": WITH_TOOLS}]);
    read_as_transformers_reads(&[
        context.copy_of(&phi3_tiny(), "own"),
        bytes,
        place("plain-inside", &PLAIN.into(), None),
        place("named-inside", &named, None),
        place(
            "tools-file",
            &WITH_TOOLS.into(),
            Some("chat_template.jinja"),
        ),
        place(
            "long-way-file",
            &LONG_WAY.into(),
            Some("chat_template.jinja"),
        ),
        place("long-way-inside", &LONG_WAY.into(), None),
        place(
            "processor-file",
            &LONG_WAY.into(),
            Some("chat_template.json"),
        ),
    ]);
}

/// For tokenizers that may not be part of this repository: `PHI3ML_TEST_MODEL` names a folder with a model.
#[test]
fn the_tokenizer_that_is_named_is_read_as_transformers_reads_it() {
    let Some(folder) = environment("PHI3ML_TEST_MODEL") else {
        return;
    };
    let context = Context::new();
    read_as_transformers_reads(&[context.copy_of(Path::new(&folder), "named")]);
}
