//! `genai_config.json`: what the exporter says about the model. Nothing about the graph file itself.
//!
//! Fields and defaults are those of onnxruntime-genai 0.18 (`config.h`).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::package::contents;

use super::error::Error;
use super::json;
use super::search::SearchDefaults;

/// The file that makes a folder a model for ONNX Runtime GenAI.
pub(super) const FILE: &str = "genai_config.json";

/// Longer than the context of any model: the longest have ten million tokens.
const MAX_CONTEXT: usize = 1 << 24;

/// More tokens than any vocabulary has: the largest have some 260,000.
const MAX_VOCABULARY: usize = 1 << 20;

/// More layers than any model has.
const MAX_LAYERS: usize = 1024;

/// More heads, and larger ones, than any model has.
pub(super) const MAX_SIZE: usize = 1 << 16;

/// More threads than help any machine.
pub(super) const MAX_THREADS: usize = 1024;

/// Longer than the name of any input.
const MAX_NAME: usize = 256;

/// The whole file, as far as it concerns us.
#[derive(Debug, Clone, Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct GenaiConfig {
    pub(super) model: Model,
    #[serde(default)]
    pub(super) search: SearchDefaults,
}

/// What the model is.
#[derive(Debug, Clone, Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct Model {
    #[serde(rename = "type", default)]
    pub(super) kind: String,
    pub(super) context_length: usize,
    pub(super) vocab_size: usize,
    #[serde(default)]
    pub(super) eos_token_id: TokenIds,
    #[serde(default)]
    pub(super) pad_token_id: TokenIds,
    pub(super) decoder: Decoder,
}

/// The graph and its names.
#[derive(Debug, Clone, Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct Decoder {
    #[serde(default)]
    pub(super) filename: String,
    /// The graphs that share the work, where one does not do all of it.
    #[serde(default)]
    pipeline: Vec<IgnoredAny>,
    pub(super) head_size: usize,
    pub(super) num_hidden_layers: usize,
    pub(super) num_key_value_heads: usize,
    #[serde(default)]
    pub(super) inputs: Inputs,
    #[serde(default)]
    pub(super) outputs: Outputs,
    #[serde(default)]
    pub(super) session_options: SessionOptions,
}

/// Names of what goes in; `%d` stands for the layer.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Inputs {
    pub(super) input_ids: String,
    pub(super) attention_mask: String,
    pub(super) position_ids: String,
    pub(super) past_key_names: String,
    pub(super) past_value_names: String,
}

impl Default for Inputs {
    fn default() -> Self {
        Self {
            input_ids: "input_ids".to_owned(),
            attention_mask: "attention_mask".to_owned(),
            position_ids: "position_ids".to_owned(),
            past_key_names: "past_key_values.%d.key".to_owned(),
            past_value_names: "past_key_values.%d.value".to_owned(),
        }
    }
}

/// Names of what comes out.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, expecting = "an object")]
pub(super) struct Outputs {
    pub(super) logits: String,
    pub(super) present_key_names: String,
    pub(super) present_value_names: String,
}

impl Default for Outputs {
    fn default() -> Self {
        Self {
            logits: "logits".to_owned(),
            present_key_names: "present.%d.key".to_owned(),
            present_value_names: "present.%d.value".to_owned(),
        }
    }
}

/// How the exporter would have the graph run.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct SessionOptions {
    pub(super) intra_op_num_threads: Option<usize>,
    /// Those that are not followed: most are for other devices, or for how ONNX Runtime logs and keeps memory.
    #[serde(flatten)]
    others: BTreeMap<String, serde_json::Value>,
}

/// One token or several: both are written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "it has to be a token id or a list of token ids")]
pub(super) enum TokenIds {
    #[default]
    None,
    One(u32),
    Many(Vec<u32>),
}

impl TokenIds {
    fn as_slice(&self) -> &[u32] {
        match self {
            Self::None => &[],
            Self::One(id) => std::slice::from_ref(id),
            Self::Many(ids) => ids,
        }
    }
}

impl GenaiConfig {
    /// Reads and checks the file in `folder`.
    pub(super) fn read(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(FILE);
        let bytes = contents::read(&path, contents::SMALL)
            .map_err(|source| Error::reading(&path, source))?;
        let config = Self::parse(&bytes, &path)?;
        for option in config.model.decoder.session_options.others.keys() {
            tracing::debug!("the session's option {option:?} is not followed");
        }
        Ok(config)
    }

    fn parse(bytes: &[u8], path: &Path) -> Result<Self, Error> {
        let config: Self = json::parse(bytes, path)?;
        if !config.model.decoder.pipeline.is_empty() {
            return Err(Error::GraphKind {
                path: path.to_path_buf(),
                found: "its decoder is a pipeline of several graphs".to_owned(),
            });
        }
        config.check_sizes(path)?;
        config.check_end_tokens(path)?;
        config.check_patterns(path)?;
        let decoder = &config.model.decoder;
        let is_inside = Path::new(&decoder.filename)
            .components()
            .all(|part| matches!(part, std::path::Component::Normal(_)));
        if decoder.filename.is_empty() || !is_inside {
            return Err(Error::Field {
                path: path.to_path_buf(),
                field: "model.decoder.filename",
                found: format!("`{}`", decoder.filename),
                expected: "has to name a file inside the folder".to_owned(),
            });
        }
        Ok(config)
    }

    /// Sizes decide how much is reserved and how often something is done, before the graph is known.
    fn check_sizes(&self, path: &Path) -> Result<(), Error> {
        let decoder = &self.model.decoder;
        let threads = decoder.session_options.intra_op_num_threads;
        for (field, least, value, most) in [
            (
                "model.context_length",
                1,
                self.model.context_length,
                MAX_CONTEXT,
            ),
            ("model.vocab_size", 1, self.model.vocab_size, MAX_VOCABULARY),
            ("model.decoder.head_size", 1, decoder.head_size, MAX_SIZE),
            (
                "model.decoder.num_hidden_layers",
                1,
                decoder.num_hidden_layers,
                MAX_LAYERS,
            ),
            (
                "model.decoder.num_key_value_heads",
                1,
                decoder.num_key_value_heads,
                MAX_SIZE,
            ),
            (
                "model.decoder.session_options.intra_op_num_threads",
                0,
                threads.unwrap_or_default(),
                MAX_THREADS,
            ),
        ] {
            let expected = if value < least {
                format!("has to be at least {least}")
            } else if value > most {
                format!("has to be at most {most}")
            } else {
                continue;
            };
            return Err(Error::Field {
                path: path.to_path_buf(),
                field,
                found: value.to_string(),
                expected,
            });
        }
        Ok(())
    }

    /// An answer ends only at a token that the model has.
    fn check_end_tokens(&self, path: &Path) -> Result<(), Error> {
        let vocab_size = self.model.vocab_size;
        let beyond = |id: &&u32| usize::try_from(**id).is_ok_and(|id| id >= vocab_size);
        let Some(id) = self.end_tokens().iter().find(beyond) else {
            return Ok(());
        };
        Err(Error::Field {
            path: path.to_path_buf(),
            field: match self.model.eos_token_id.as_slice() {
                [] => "model.pad_token_id",
                _ => "model.eos_token_id",
            },
            found: id.to_string(),
            expected: format!("the model has only {vocab_size} tokens"),
        })
    }

    /// Each layer has names of its own.
    fn check_patterns(&self, path: &Path) -> Result<(), Error> {
        let Decoder {
            inputs, outputs, ..
        } = &self.model.decoder;
        for (field, pattern) in [
            (
                "model.decoder.inputs.past_key_names",
                &inputs.past_key_names,
            ),
            (
                "model.decoder.inputs.past_value_names",
                &inputs.past_value_names,
            ),
            (
                "model.decoder.outputs.present_key_names",
                &outputs.present_key_names,
            ),
            (
                "model.decoder.outputs.present_value_names",
                &outputs.present_value_names,
            ),
        ] {
            let is_short = pattern.len() <= MAX_NAME;
            if !is_short || pattern.matches("%d").count() != 1 {
                let shown = pattern.chars().take(MAX_NAME).collect::<String>();
                return Err(Error::Field {
                    path: path.to_path_buf(),
                    field,
                    found: format!("`{shown}`"),
                    expected: "has to be a name with `%d` in place of the layer".to_owned(),
                });
            }
        }
        Ok(())
    }

    /// Ends the context where the graph does; onnxruntime-genai would fail in the middle of an answer.
    pub(super) fn limit_context(&mut self, positions: usize) {
        let context = &mut self.model.context_length;
        if *context > positions {
            tracing::info!(
                "`model.context_length` is {context}, but the graph has only {positions} positions: it is taken as \
                 {positions}"
            );
            self.search.limit_length(*context, positions);
            *context = positions;
        }
    }

    /// Where the graph is.
    pub(super) fn graph(&self, folder: &Path) -> PathBuf {
        folder.join(&self.model.decoder.filename)
    }

    /// The tokens that end an answer; the padding token where the model names none, as onnxruntime-genai does.
    pub(super) fn end_tokens(&self) -> &[u32] {
        match self.model.eos_token_id.as_slice() {
            [] => self.model.pad_token_id.as_slice(),
            ids => ids,
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::error::{Hint as _, Kind};

    /// The smallest file that is accepted, for other tests of this room.
    pub(crate) fn example() -> serde_json::Value {
        serde_json::json!({
            "model": {
                "type": "phi3", "context_length": 1024, "vocab_size": 611, "eos_token_id": [600, 607],
                "decoder": {
                    "filename": "model.onnx", "head_size": 16,
                    "num_hidden_layers": 2, "num_key_value_heads": 4
                }
            }
        })
    }

    pub(crate) fn parse(value: &serde_json::Value) -> Result<GenaiConfig, Error> {
        GenaiConfig::parse(value.to_string().as_bytes(), Path::new(FILE))
    }

    #[test]
    fn defaults_are_those_of_onnxruntime_genai() {
        let config = parse(&example()).unwrap();
        assert_eq!(
            config.model.decoder.inputs.past_key_names,
            "past_key_values.%d.key"
        );
        assert_eq!(config.end_tokens(), [600, 607]);
    }

    #[test]
    fn end_tokens_are_a_number_a_list_or_the_padding() {
        let mut value = example();
        value["model"]["eos_token_id"] = 7.into();
        assert_eq!(parse(&value).unwrap().end_tokens(), [7]);
        value["model"]["eos_token_id"] = serde_json::Value::Null;
        value["model"]["pad_token_id"] = 9.into();
        assert_eq!(parse(&value).unwrap().end_tokens(), [9]);
    }

    #[test]
    fn an_end_token_that_the_model_does_not_have_is_refused() {
        let mut value = example();
        value["model"]["eos_token_id"] = serde_json::json!([600, 611]);
        assert_eq!(
            parse(&value).unwrap_err().to_string(),
            "`model.eos_token_id` in `genai_config.json` is 611, but the model has only 611 tokens"
        );
        value["model"]["eos_token_id"] = serde_json::json!([]);
        value["model"]["pad_token_id"] = 700.into();
        let error = parse(&value).unwrap_err().to_string();
        assert!(error.starts_with("`model.pad_token_id`"), "{error}");
    }

    #[test]
    fn sizes_that_no_model_has_are_refused() {
        let start = std::time::Instant::now();
        for (pointer, value) in [
            ("/model/vocab_size", 1_000_000_000_000_u64),
            ("/model/vocab_size", 0),
            ("/model/context_length", 0),
            ("/model/context_length", u64::MAX),
            ("/model/decoder/num_hidden_layers", 1_000_000_000),
            ("/model/decoder/num_hidden_layers", 0),
            ("/model/decoder/head_size", 0),
            ("/model/decoder/head_size", u64::MAX),
            ("/model/decoder/num_key_value_heads", 1 << 40),
            (
                "/model/decoder/session_options/intra_op_num_threads",
                1_000_000,
            ),
        ] {
            let mut config = example();
            config["model"]["decoder"]["session_options"] =
                serde_json::json!({"intra_op_num_threads": 1});
            *config.pointer_mut(pointer).unwrap() = value.into();
            let error = parse(&config).unwrap_err();
            assert_eq!(error.kind(), Kind::Corrupt);
            let field = pointer.trim_start_matches('/').replace('/', ".");
            let expected =
                format!("`{field}` in `genai_config.json` is {value}, but has to be at ");
            assert!(error.to_string().starts_with(&expected), "{error}");
        }
        for number in ["1e400", "-1", "1000000000000000019884624838656", "2.5"] {
            let text = example().to_string().replace("1024", number);
            let error = GenaiConfig::parse(text.as_bytes(), Path::new(FILE)).unwrap_err();
            assert!(matches!(error, Error::Json { .. }), "{error}");
        }
        assert!(start.elapsed().as_secs() < 1);
    }

    #[test]
    fn names_of_layers_differ_from_layer_to_layer() {
        for pattern in ["past", "", "%d.%d", &format!("%d{}", "x".repeat(10_000))] {
            let mut config = example();
            config["model"]["decoder"]["inputs"] = serde_json::json!({"past_key_names": pattern});
            let error = parse(&config).unwrap_err().to_string();
            assert!(
                error.contains("model.decoder.inputs.past_key_names"),
                "{error}"
            );
            assert!(error.len() < 1000, "{error}");
        }
    }

    #[test]
    fn a_pipeline_of_graphs_is_another_kind() {
        let mut value = example();
        let decoder = value["model"]["decoder"].as_object_mut().unwrap();
        decoder.remove("filename");
        let part = serde_json::json!({"embedding": {"filename": "embedding.onnx"}});
        decoder.insert("pipeline".to_owned(), serde_json::json!([part, part]));
        let error = parse(&value).unwrap_err();
        assert_eq!(error.kind(), Kind::Refused);
        let told = error.to_string();
        assert!(
            told.starts_with(
                "phi3ml does not run `genai_config.json`: its decoder is a pipeline of several graphs; supported are "
            ),
            "{told}"
        );
    }

    #[test]
    fn a_file_without_end_is_not_read_to_its_end() {
        let folder = tempfile::tempdir().unwrap();
        let file = fs_err::File::create(folder.path().join(FILE)).unwrap();
        file.set_len(1 << 40).unwrap();
        let error = GenaiConfig::read(folder.path()).unwrap_err();
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert!(cause.contains("genai_config.json"), "{cause}");
    }

    #[test]
    fn broken_files_are_refused_by_file_and_field() {
        let path = Path::new(FILE);
        let error = GenaiConfig::parse(b"{\"model\": {", path).unwrap_err();
        assert_eq!(
            error.to_string(),
            "cannot make sense of `genai_config.json`"
        );
        assert_eq!(error.kind(), Kind::Corrupt);

        let mut value = example();
        value["model"].as_object_mut().unwrap().remove("vocab_size");
        let error = parse(&value).unwrap_err();
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert!(cause.contains("vocab_size"), "{cause}");

        value = example();
        value["model"]["decoder"]["head_size"] = 0.into();
        let text = parse(&value).unwrap_err().to_string();
        assert!(text.contains("model.decoder.head_size"), "{text}");

        for filename in ["", "../model.onnx", "/model.onnx"] {
            value = example();
            value["model"]["decoder"]["filename"] = filename.into();
            parse(&value).unwrap_err();
        }
    }
}
