//! What to do about an error: the next step, in the words of the command line. What went wrong is told by the error
//! itself.

use super::error::Error;

/// The next step, where there is one.
pub(super) fn after(error: &Error) -> Option<String> {
    with_the_model(error)
        .or_else(|| with_the_options(error))
        .or_else(|| with_the_machine(error))
}

/// Files of the model are missing, damaged, or not of one model.
fn with_the_model(error: &Error) -> Option<String> {
    let hint = match error {
        Error::Missing { path } if path.ends_with("genai_config.json") => {
            "give a folder that was exported for ONNX Runtime GenAI: it holds `genai_config.json` \
             beside the `.onnx` file"
        }
        Error::WeightsMissing { .. }
        | Error::WeightsShort { .. }
        | Error::Damaged { .. }
        | Error::Unsound { .. } => "download or export the model again",
        Error::Json { .. } | Error::Field { .. } => {
            "mend the file, or download or export the model again"
        }
        Error::LfsPointer { .. } => "fetch the real file with `git lfs pull`",
        Error::Tokenizer { .. }
        | Error::Tokenize(_)
        | Error::TokenizerMisfit { .. }
        | Error::EndTokensMissing { .. } => "take the tokenizer that was exported with this model",
        _ => return None,
    };
    Some(hint.to_owned())
}

/// What was asked for cannot be done.
fn with_the_options(error: &Error) -> Option<String> {
    let hint = match error {
        Error::ModelOption {
            option: "batch_size",
            ..
        } => "mend the model",
        Error::ModelOption {
            option: "random_seed",
            ..
        } => "override it with `--seed`, or mend the model",
        Error::ModelOption { option, .. } => {
            let flag = option.replace('_', "-");
            return Some(format!("override it with `--{flag}`, or mend the model"));
        }
        Error::NoTemplate => "give the whole text with `phi3ml predict --prompt`",
        Error::RenderExhausts => "give the whole text with `--prompt` and `--raw`",
        Error::PromptTooLong { .. } => {
            "shorten the prompt, or raise `--max-length` as far as the model's context allows"
        }
        Error::MaxLengthOverContext { context_length, .. } => {
            return Some(format!(
                "ask for {context_length} tokens or less, prompt and answer together"
            ));
        }
        Error::BeamsDraw { beams, draws, .. } if beams.is_model() && draws.is_model() => {
            "add `--greedy` for the beam search, or `--num-beams 1` to draw; or mend the model"
        }
        Error::BeamsDraw { .. } => {
            "add `--greedy`, or leave out `--num-beams` and draw with `--do-sample`, `--temperature`, \
                 `--top-k`, `--top-p` or `--seed`"
        }
        _ => return None,
    };
    Some(hint.to_owned())
}

/// Engines, their library, and memory.
fn with_the_machine(error: &Error) -> Option<String> {
    let hint = match error {
        Error::NotBuilt { .. } | Error::NoEngine => {
            "build phi3ml with its default features, or with `--features ort,rten`"
        }
        Error::NoLibrary(_) => {
            "run `phi3ml runtime install`, point `ORT_DYLIB_PATH` at the library, or use `--engine rten`"
        }
        Error::LibraryTooOld { .. } => {
            "run `phi3ml runtime install` for a newer ONNX Runtime, or use `--engine rten`"
        }
        Error::LibraryUnfit { .. } => {
            "give the path of `libonnxruntime.so` itself, or leave `--ort-lib` and `ORT_DYLIB_PATH` out"
        }
        Error::EngineUnfit { engine: "rten", .. } => {
            "run `phi3ml runtime install` and use `--engine ort`; if that cannot either, export the model again"
        }
        Error::Load { .. } => {
            "the model may be damaged, or need a newer ONNX Runtime: download or export it again, run \
                 `phi3ml runtime install`, or try `--engine rten`"
        }
        Error::Run { engine, .. } => {
            let other = if *engine == "rten" { "ort" } else { "rten" };
            return Some(format!(
                "its parts may not fit each other: download or export the model again, or try `--engine {other}`"
            ));
        }
        Error::Memory { .. } => "ask for less with `--max-length`",
        Error::NoRoom { weights, cache, .. } if cache.0 > weights.0 => {
            "ask for less with `--max-length`, or end what else uses memory"
        }
        Error::NoRoom {
            suffices_for_rten: false,
            ..
        } => "end what else uses memory, or take a machine or a limit with more",
        Error::NoRoom { .. } => {
            "use `--engine rten`, which reads weights from the disk as it needs them, end what else uses memory, \
                 or take a machine or a limit with more"
        }
        Error::NotANumber { .. } => {
            "its weights are damaged, or overflow at this precision: download or export the model again"
        }
        Error::Offline | Error::PipFailed { .. } => {
            "on a machine with a network: `python3 -m pip download --no-deps onnxruntime==1.31.1`; \
                 then here: `phi3ml runtime install --from FILE.whl`"
        }
        Error::PipMissing { .. } => {
            "install Python 3 with pip, or give the file itself: `phi3ml runtime install --from FILE.whl`"
        }
        Error::Wheel { .. } | Error::WrongDigest { .. } => {
            "give the wheel of onnxruntime 1.31.1 for this platform, or leave `--from` out"
        }
        Error::NoPin { .. } => {
            "point `ORT_DYLIB_PATH` at an ONNX Runtime library, or use `--engine rten`"
        }
        _ => return None,
    };
    Some(hint.to_owned())
}
