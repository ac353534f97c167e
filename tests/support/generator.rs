//! Models opened through the library, and one answer of theirs.

use std::ops::ControlFlow;
use std::path::Path;

use phi3ml::infer::runtime::Places;
use phi3ml::infer::{
    Answer, EngineChoice, Error, Exported, Generator, OpenOptions, Prompt, Search,
};

use super::python::Python;

/// Opens a model; ONNX Runtime is that of a Python that has the `onnxruntime` package.
pub(crate) fn open(
    folder: &Path,
    engine: EngineChoice,
    threads: usize,
) -> Result<Generator, Error> {
    let library = || Python::mlflow3().onnx_runtime();
    let options = OpenOptions {
        engine,
        threads: Some(threads),
        length: None,
        sequences: None,
        places: Places {
            explicit: (engine != EngineChoice::Rten).then(library),
            ..Places::default()
        },
    };
    Generator::open(Exported::read(folder)?, &options)
}

/// A prompt that goes through the chat template.
pub(crate) fn text(text: &str) -> Prompt {
    Prompt::Text {
        text: text.to_owned(),
        raw: false,
    }
}

/// The answer, after checking that the listener heard all of it.
pub(crate) fn ask(
    generator: &mut Generator,
    prompt: &Prompt,
    search: &Search,
) -> Result<Answer, Error> {
    let mut heard = String::new();
    let answer = generator.generate(prompt, search, &mut |piece| {
        heard.push_str(piece);
        ControlFlow::Continue(())
    })?;
    assert_eq!(heard, answer.text);
    Ok(answer)
}
