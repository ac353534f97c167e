//! Models damaged or changed at random: the program may answer or refuse, and has to end by itself.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use phi3ml::infer::EngineChoice;

use crate::damage::{ENGINES, run};
use crate::support::python::Python;
use crate::support::{Context, full_ring, phi3_tiny};

/// A small generator of numbers that repeats itself from run to run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 20).unwrap() % sides
    }
}

/// Runs the program on a damaged model: it may answer or refuse, and has to end by itself. How long it took.
fn survives(context: &Context, folder: &Path, engine: EngineChoice, about: &str) -> Duration {
    let started = Instant::now();
    let ended = run(context, folder, engine);
    let took = started.elapsed();
    let is_said = !ended.stderr.contains("panicked");
    assert!(
        matches!(ended.code, Some(0 | 1)) && is_said,
        "{engine:?}: {about}\n{ended}"
    );
    took
}

/// It is left behind in the middle of that, so this is done often.
#[test]
fn an_engine_that_is_still_loading_ends_with_the_process() {
    let context = Context::new().with_onnx_runtime();
    let folder = context.copy_of(&phi3_tiny(), "damaged");
    fs_err::write(folder.join("tokenizer.json"), "{").unwrap();
    for engine in ENGINES {
        for _ in 0..20 {
            survives(&context, &folder, engine, "a tokenizer that is none");
        }
    }
}

#[test]
fn no_damaged_byte_ends_the_process() {
    if !full_ring("a thousand models with damaged bytes, on both engines") {
        return;
    }
    let context = Context::new().with_onnx_runtime();
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let files = [
        "model.onnx",
        "model.onnx",
        "model.onnx",
        "genai_config.json",
        "tokenizer.json",
        "tokenizer_config.json",
    ];
    let mut longest = Duration::ZERO;
    for case in 0..1000 {
        let folder = context.copy_of(&phi3_tiny(), &format!("damaged-{case}"));
        let name = files[dice.roll(files.len())];
        let mut bytes = fs_err::read(folder.join(name)).unwrap();
        for _ in 0..=dice.roll(3) {
            let at = dice.roll(bytes.len());
            match dice.roll(4) {
                0 => bytes.truncate(at + 1),
                1 => bytes[at] ^= 1 << dice.roll(8),
                2 => bytes[at] = [0, 0xff, 0x7f, 0x80, b'9', b'-'][dice.roll(6)],
                _ => _ = bytes.drain(at..(at + 1 + dice.roll(30)).min(bytes.len() - 1).max(at)),
            }
        }
        fs_err::write(folder.join(name), bytes).unwrap();
        for engine in ENGINES {
            let about = format!("case {case}, {name}");
            longest = longest.max(survives(&context, &folder, engine, &about));
        }
        fs_err::remove_dir_all(folder).unwrap();
    }
    eprintln!("the longest process took {longest:?}");
}

#[test]
fn no_changed_graph_ends_the_process() {
    if !full_ring("nine hundred graphs changed in one part, on both engines") {
        return;
    }
    let context = Context::new().with_onnx_runtime();
    let graph = phi3_tiny().join("model.onnx");
    let changed: PathBuf = context.path("work").join("changed");
    let arguments = [&graph, &changed].map(|path| path.to_str().unwrap().to_owned());
    let [graph, into] = arguments.each_ref().map(String::as_str);
    let changes = Python::mlflow3().script("change_graphs.py", &[], &[graph, into, "900"]);
    let mut longest = Duration::ZERO;
    for (case, change) in changes.as_array().unwrap().iter().enumerate() {
        let folder = context.copy_of(&phi3_tiny(), &format!("changed-{case}"));
        let made = changed.join(format!("{case}.onnx"));
        fs_err::copy(made, folder.join("model.onnx")).unwrap();
        for engine in ENGINES {
            longest = longest.max(survives(&context, &folder, engine, &change.to_string()));
        }
        fs_err::remove_dir_all(folder).unwrap();
    }
    eprintln!("the longest process took {longest:?}");
}
