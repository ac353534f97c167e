//! Makes signature and example of a model agree: the one is inferred from the other where nobody gave it, and what
//! does not fit is refused.
//!
//! It writes neither.

use super::flavor::{Draft, Hint, Hints};
use super::schema::{Column, ModelSignature, Schema, Type};
use super::{Choice, Error, Options};

/// Completes the signature of `draft`, and checks its example against it.
pub(super) fn settle(draft: &mut Draft, options: &Options) -> Result<(), Error> {
    if draft.signature.is_none() && options.signature == Choice::OfTask {
        let hints = draft.hints.take();
        return match hints.as_ref().and_then(|it| Some((it, it.inputs()?))) {
            Some((hints, inputs)) => follow(hints, inputs, draft),
            None => infer(hints.as_ref(), draft),
        };
    }
    check(draft)
}

/// The signature that follows from type hints, as MLflow has it (`_infer_signature_from_type_hints`).
fn follow(hints: &Hints, inputs: Schema, draft: &mut Draft) -> Result<(), Error> {
    let params = match &draft.example {
        Some(example) if !example.is_json_that(|value| hints.takes(value)) => {
            let reason = "it is not what the type hint of `predict` says".to_owned();
            return Err(Error::BadExample { reason });
        }
        Some(example) => example.signature()?.signature.params,
        None => None,
    };
    let anything = Column {
        name: None,
        kind: Type::Any,
        is_required: true,
    };
    let outputs = hints.outputs();
    let signature = ModelSignature {
        inputs: Some(inputs),
        outputs: outputs.or_else(|| Some(Schema::Columns(vec![anything]))),
        params,
    };
    draft.signature = Some(signature.to_value()?);
    draft.is_signature_from_type_hint = true;
    Ok(())
}

/// The signature that follows from the example. MLflow asks the model what it answers to that; here only a type hint
/// tells.
fn infer(hints: Option<&Hints>, draft: &mut Draft) -> Result<(), Error> {
    if hints.is_some_and(|hints| hints.input == Hint::Unknown) {
        draft.warnings.push(
            "only Python knows what the type hint of `predict` says of the input: `--signature @FILE` says it, too"
                .to_owned(),
        );
    }
    let Some(example) = &draft.example else {
        return Ok(());
    };
    let inferred = example.signature()?;
    draft.warnings.extend(inferred.warnings);
    let mut signature = inferred.signature;
    signature.outputs = hints.and_then(Hints::outputs);
    if signature.outputs.is_none() && hints.is_some() {
        draft.warnings.push(
            "nobody knows what `predict` returns without running it: the signature has no outputs, unless a type \
             hint such as `-> list[str]` or `--signature @FILE` says what they are"
                .to_owned(),
        );
    }
    draft.signature = Some(signature.to_value()?);
    Ok(())
}

fn check(draft: &mut Draft) -> Result<(), Error> {
    let (Some(example), Some(signature)) = (&draft.example, &draft.signature) else {
        return Ok(());
    };
    let signature = ModelSignature::read(signature);
    let findings = example.check(&signature.map_err(|source| Error::BadSignature { source })?);
    if let Some(source) = findings.worst() {
        return Err(Error::Misfit {
            source: source.clone(),
        });
    }
    for finding in &findings.refused {
        draft.warnings.push(format!(
            "in the input example {finding}: Python's own `predict` refuses that, a scoring server converts it"
        ));
    }
    for name in &findings.ignored {
        draft.warnings.push(format!(
            "the signature does not name `{name}` of the input example: MLflow leaves it out"
        ));
    }
    Ok(())
}
