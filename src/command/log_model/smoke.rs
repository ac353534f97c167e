//! The smoke test: the model as the server gives it back, asked one question.

use anyhow::{Context as _, Result};

use super::Smoke;
use crate::command::model::{self, Expected, Local, Reuse};
use crate::command::predict::{answer, unmet};
use crate::command::{Context, Error, Failure};
use crate::error::Kind;
use crate::infer::{OpenOptions, Prompt, Search};

/// A model that was read back, or the damage that was found on the way.
pub(super) type ReadBack = std::result::Result<Local, anyhow::Error>;

/// Reads the model back, every byte from the server, each compared with what was sent.
///
/// Damage is the model's fault and a result of the test. A server that does not answer is not.
pub(super) async fn read_back(
    model_uri: &str,
    expected: Expected,
    context: &Context,
) -> Result<ReadBack> {
    let reading = model::fetch(model_uri, Reuse::Nothing(expected), context);
    let read = context.unless_stopped(reading).await;
    match read.context("cannot read the logged model back") {
        Err(error) if Failure::from(&error).kind != Kind::Corrupt => Err(error),
        read => Ok(read),
    }
}

/// Asks the model. A wrong answer is a result, and so is a model that cannot answer.
pub(super) async fn test(
    prompt: &str,
    expect: &[String],
    local: ReadBack,
    engine: OpenOptions,
    context: &Context,
) -> Result<Smoke> {
    let asked = match local {
        Ok(local) => ask(prompt, &local, engine, context).await,
        Err(damage) => Err(damage),
    };
    if context.stop.is_cancelled() {
        return Err(Error::Interrupted { continues: true }.into());
    }
    let (output, trouble) = match asked {
        Ok(output) => {
            let trouble = verdict(&output, expect);
            (Some(output), trouble)
        }
        Err(error) => (None, Some(error)),
    };
    Ok(Smoke {
        prompt: prompt.to_owned(),
        output,
        expect: expect.to_vec(),
        passed: trouble.is_none(),
        trouble,
    })
}

async fn ask(
    prompt: &str,
    local: &Local,
    engine: OpenOptions,
    context: &Context,
) -> Result<String> {
    let prompt = Prompt::Text {
        text: prompt.to_owned(),
        raw: false,
    };
    let search = Search {
        greedy: true,
        ..Search::default()
    };
    let answered = answer(local, engine, prompt, search, false, context)
        .await
        .context("the logged model gives no answer")?;
    Ok(answered.answer.text)
}

/// Without expectations any answer will do that is not empty.
fn verdict(output: &str, expected: &[String]) -> Option<anyhow::Error> {
    let missing = if expected.is_empty() && output.trim().is_empty() {
        vec!["any text".to_owned()]
    } else {
        unmet(output, expected, &[])
    };
    (!missing.is_empty()).then(|| Error::Unexpected { missing }.into())
}
